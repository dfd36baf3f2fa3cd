package io.booklake.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Publishes files to a branch of a dataset in one commit. Contents that the dataset has are not
 * sent again, and where nothing is new there is no commit.
 *
 * <p>The commit names its parent, so it is made on what was looked at or not at all. Where its
 * answer is lost the branch tells whether it was made: it is never made twice.
 */
public final class Publication {

  /**
   * What was done.
   *
   * @param commit of the branch now
   * @param published paths that are new or changed; empty where there was nothing to do
   */
  public record Result(String commit, List<String> published) {}

  private static final int SAMPLE_BYTES = 512;
  private static final String JSON_TYPE = "application/json";
  private static final String LINES_TYPE = "application/x-ndjson";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Hub hub;
  private final DatasetRevision branch;
  private final BranchQuestions questions;

  /**
   * To a branch of a dataset, which must exist.
   *
   * @throws IllegalArgumentException if a commit is named in place of a branch
   * @throws HubException of kind {@code UNAUTHORIZED} if there is no token
   */
  public Publication(Hub hub, DatasetRevision branch) throws HubException {
    if (RepositoryFile.isCommit(branch.revision())) {
      throw new IllegalArgumentException(
          "cannot publish to '"
              + branch
              + "', a commit, which never changes: name a branch, as in '"
              + branch.dataset()
              + "@"
              + DatasetRevision.MAIN
              + "'");
    }
    if (hub.settings().token().isEmpty()) {
      throw new HubException(
          HubException.Kind.UNAUTHORIZED,
          "publishing needs a token that may write to "
              + branch.dataset()
              + ": set HF_TOKEN to one from "
              + hub.settings().endpoint()
              + "/settings/tokens.");
    }
    this.hub = hub;
    this.branch = branch;
    this.questions = new BranchQuestions(hub, branch);
  }

  /**
   * Does it.
   *
   * @param parent what the branch is taken to be: whatever was decided by it, such as not to touch
   *     a file, still holds when the commit is made
   * @param summary the commit's message
   * @param sent told of the bytes of each file that is done
   * @throws HubException of kind {@code MOVED} if somebody else committed after {@code parent}
   */
  public Result publish(Snapshot parent, List<Upload> uploads, String summary, LongConsumer sent)
      throws IOException {
    List<HashedUpload> changed = changed(parent, uploads);
    if (changed.isEmpty()) {
      return new Result(parent.commit(), List.of());
    }
    Map<String, Boolean> large = areLarge(changed);
    new LargeFiles(hub, branch)
        .upload(changed.stream().filter(file -> large.get(file.upload().path())).toList(), sent);
    String commit = commit(parent, changed, large, summary);
    return new Result(commit, changed.stream().map(file -> file.upload().path()).toList());
  }

  private List<HashedUpload> changed(Snapshot parent, List<Upload> uploads) throws IOException {
    Map<String, RepositoryFile> there = files(parent);
    List<HashedUpload> changed = new ArrayList<>();
    for (Upload upload : uploads) {
      HashedUpload hashed = HashedUpload.of(upload);
      if (!hashed.isAs(there.get(upload.path()))) {
        changed.add(hashed);
      }
    }
    return changed;
  }

  private Map<String, RepositoryFile> files(Snapshot snapshot) throws IOException {
    Map<String, RepositoryFile> files = new HashMap<>();
    hub.list(snapshot).forEach(file -> files.put(file.path(), file));
    return files;
  }

  /** The Hub says which files go to LFS: by their size, and by the repository's attributes. */
  private Map<String, Boolean> areLarge(List<HashedUpload> files) throws IOException {
    Map<String, Boolean> large = new TreeMap<>();
    for (int from = 0; from < files.size(); from += BranchQuestions.MOST_FILES) {
      ObjectNode question = JSON.createObjectNode();
      ArrayNode asked = question.putArray("files");
      for (HashedUpload file :
          files.subList(from, Math.min(from + BranchQuestions.MOST_FILES, files.size()))) {
        asked
            .addObject()
            .put("path", file.upload().path())
            .put("sample", sample(file.upload()))
            .put("size", file.upload().size());
      }
      for (JsonNode file :
          questions.ask(hub.addresses().preupload(branch), JSON_TYPE, question).path("files")) {
        if (file.path("shouldIgnore").asBoolean()) {
          throw new HubException(
              HubException.Kind.UNAUTHORIZED,
              branch.dataset()
                  + " ignores '"
                  + Printable.of(file.path("path").asText())
                  + "' by its .gitignore. Change that file on the Hub.");
        }
        large.put(file.path("path").asText(), "lfs".equals(file.path("uploadMode").asText()));
      }
    }
    for (HashedUpload file : files) {
      String path = file.upload().path();
      if (!large.containsKey(path)) {
        throw new HubException(
            HubException.Kind.UNREACHABLE,
            "the Hub does not say how '"
                + path
                + "' is uploaded. Run it again later, it continues.");
      }
      if (file.upload().size() == 0) {
        // Storage refuses contents of no bytes.
        large.put(path, false);
      }
    }
    return large;
  }

  private static String sample(Upload upload) throws IOException {
    try (InputStream in = upload.source().open(0)) {
      return Base64.getEncoder().encodeToString(in.readNBytes(SAMPLE_BYTES));
    }
  }

  private String commit(
      Snapshot parent, List<HashedUpload> files, Map<String, Boolean> large, String summary)
      throws IOException {
    byte[] lines = lines(parent, files, large, summary);
    Request request = Request.post(hub.addresses().commit(branch), LINES_TYPE, lines, false);
    for (int failures = 1; ; failures++) {
      IOException failure;
      boolean isFinal = false;
      try (Answer answer = hub.transport().send(request)) {
        isFinal = !answer.isOk() && !answer.isTransient();
        String commit = questions.expectOk(answer).json().path("commitOid").asText();
        if (RepositoryFile.isCommit(commit)) {
          return commit;
        }
        failure =
            new HubException(
                HubException.Kind.UNREACHABLE, "the Hub does not say which commit it made");
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
      // The answer may be lost and the commit made.
      Snapshot now = hub.resolve(branch);
      if (!now.commit().equals(parent.commit())) {
        Map<String, RepositoryFile> there = files(now);
        if (files.stream().allMatch(file -> file.isAs(there.get(file.upload().path())))) {
          return now.commit();
        }
      }
      if (isFinal || !mayPass(failure) || failures > Backoff.RETRIES) {
        throw failure;
      }
      // Not twice: the Hub refuses it if the parent is no longer the newest.
      hub.transport().backoff().awaitRetry(failures);
    }
  }

  private static boolean mayPass(IOException failure) {
    return !(failure instanceof HubException refused)
        || refused.kind() == HubException.Kind.UNREACHABLE
        || refused.kind() == HubException.Kind.RATE_LIMITED;
  }

  private static byte[] lines(
      Snapshot parent, List<HashedUpload> files, Map<String, Boolean> large, String summary)
      throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ObjectNode header =
        JSON.createObjectNode()
            .put("summary", summary)
            .put("description", "")
            .put("parentCommit", parent.commit());
    line(lines, "header", header);
    for (HashedUpload file : files) {
      ObjectNode value = JSON.createObjectNode().put("path", file.upload().path());
      if (large.get(file.upload().path())) {
        value.put("algo", "sha256").put("oid", file.sha256()).put("size", file.upload().size());
        line(lines, "lfsFile", value);
      } else {
        try (InputStream in = file.upload().source().open(0)) {
          value
              .put("content", Base64.getEncoder().encodeToString(in.readAllBytes()))
              .put("encoding", "base64");
        }
        line(lines, "file", value);
      }
    }
    return lines.toByteArray();
  }

  private static void line(ByteArrayOutputStream lines, String key, ObjectNode value)
      throws JsonProcessingException {
    ObjectNode line = JSON.createObjectNode().put("key", key);
    line.set("value", value);
    lines.writeBytes(JSON.writeValueAsBytes(line));
    lines.write('\n');
  }
}
