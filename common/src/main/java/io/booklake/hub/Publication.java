package io.booklake.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.booklake.model.DigestPieces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
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

  /** A file with its checksums. */
  private record Hashed(Upload upload, String sha256, String gitSha1) {
    boolean isAs(RepositoryFile there) {
      return there != null && (there.etag().equals(sha256) || there.etag().equals(gitSha1));
    }
  }

  /** Files in one question about how to upload them; the Hub takes no more. */
  private static final int BATCH = 256;

  private static final int SAMPLE_BYTES = 512;
  private static final int BUFFER_BYTES = 128 << 10;
  private static final String JSON_TYPE = "application/json";
  private static final String LFS_TYPE = "application/vnd.git-lfs+json";
  private static final String LINES_TYPE = "application/x-ndjson";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Hub hub;
  private final DatasetRevision branch;

  /** To a branch of a dataset, which must exist. */
  public Publication(Hub hub, DatasetRevision branch) {
    this.hub = hub;
    this.branch = branch;
  }

  /**
   * Does it.
   *
   * @param summary the commit's message
   * @param sent told of the bytes of each file that is done
   * @throws HubException of kind {@code MOVED} if somebody else committed meanwhile
   */
  public Result publish(List<Upload> uploads, String summary, LongConsumer sent)
      throws IOException {
    if (hub.settings().token().isEmpty()) {
      throw new HubException(
          HubException.Kind.UNAUTHORIZED,
          "publishing needs a token that may write to "
              + branch.dataset()
              + ": set HF_TOKEN to one from "
              + hub.settings().endpoint()
              + "/settings/tokens.");
    }
    Snapshot parent = hub.resolve(branch);
    List<Hashed> changed = changed(parent, uploads);
    if (changed.isEmpty()) {
      return new Result(parent.commit(), List.of());
    }
    Map<String, Boolean> large = areLarge(changed);
    upload(changed.stream().filter(file -> large.get(file.upload.path())).toList(), sent);
    String commit = commit(parent, changed, large, summary);
    return new Result(commit, changed.stream().map(file -> file.upload.path()).toList());
  }

  private List<Hashed> changed(Snapshot parent, List<Upload> uploads) throws IOException {
    Map<String, RepositoryFile> there = files(parent);
    List<Hashed> changed = new ArrayList<>();
    for (Upload upload : uploads) {
      Hashed hashed = hash(upload);
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

  private static Hashed hash(Upload upload) throws IOException {
    MessageDigest sha256 = Checksum.digest("SHA-256");
    MessageDigest git = Checksum.gitDigest(upload.size());
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = upload.source().open(0)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        DigestPieces.update(sha256, buffer, 0, count);
        DigestPieces.update(git, buffer, 0, count);
        size += count;
      }
    }
    if (size != upload.size()) {
      throw new IOException(
          upload.path() + ": found " + size + " bytes, expected " + upload.size());
    }
    HexFormat hex = HexFormat.of();
    return new Hashed(upload, hex.formatHex(sha256.digest()), hex.formatHex(git.digest()));
  }

  /** The Hub says which files go to LFS: by their size, and by the repository's attributes. */
  private Map<String, Boolean> areLarge(List<Hashed> files) throws IOException {
    Map<String, Boolean> large = new TreeMap<>();
    for (int from = 0; from < files.size(); from += BATCH) {
      ObjectNode question = JSON.createObjectNode();
      ArrayNode asked = question.putArray("files");
      for (Hashed file : files.subList(from, Math.min(from + BATCH, files.size()))) {
        asked
            .addObject()
            .put("path", file.upload.path())
            .put("sample", sample(file.upload))
            .put("size", file.upload.size());
      }
      for (JsonNode file :
          ask(hub.addresses().preupload(branch), JSON_TYPE, question).path("files")) {
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
    for (Hashed file : files) {
      // Storage refuses contents of no bytes.
      boolean isLarge = file.upload.size() > 0 && large.getOrDefault(file.upload.path(), false);
      large.put(file.upload.path(), isLarge);
    }
    return large;
  }

  private static String sample(Upload upload) throws IOException {
    try (InputStream in = upload.source().open(0)) {
      return Base64.getEncoder().encodeToString(in.readNBytes(SAMPLE_BYTES));
    }
  }

  private void upload(List<Hashed> files, LongConsumer sent) throws IOException {
    for (int from = 0; from < files.size(); from += BATCH) {
      Map<String, Hashed> byChecksum = new TreeMap<>();
      files
          .subList(from, Math.min(from + BATCH, files.size()))
          .forEach(file -> byChecksum.put(file.sha256, file));
      ObjectNode question =
          JSON.createObjectNode().put("operation", "upload").put("hash_algo", "sha256");
      question.putArray("transfers").add("basic").add("multipart");
      question.putObject("ref").put("name", branch.revision());
      ArrayNode objects = question.putArray("objects");
      byChecksum.forEach(
          (sha256, file) -> objects.addObject().put("oid", sha256).put("size", file.upload.size()));
      for (JsonNode object :
          ask(hub.addresses().largeFiles(branch.dataset()), LFS_TYPE, question).path("objects")) {
        Hashed file = byChecksum.get(object.path("oid").asText());
        if (file == null || object.has("error")) {
          throw new HubException(
              HubException.Kind.UNREACHABLE,
              branch.dataset()
                  + " does not take a content: "
                  + Printable.of(object.path("error").path("message").asText("another was asked")));
        }
        // Without actions the Hub has it: of an earlier run, or of another dataset.
        if (object.path("actions").has("upload")) {
          upload(file, object.path("actions"));
        }
        sent.accept(file.upload.size());
      }
    }
  }

  private void upload(Hashed file, JsonNode actions) throws IOException {
    JsonNode upload = actions.path("upload");
    URI target = address(upload);
    JsonNode partBytes = upload.path("header").path("chunk_size");
    if (partBytes.isMissingNode()) {
      put(target, file.upload, 0, file.upload.size());
    } else {
      uploadParts(file, target, upload.path("header"), partBytes.asLong());
    }
    if (actions.has("verify")) {
      ask(
          address(actions.path("verify")),
          JSON_TYPE,
          JSON.createObjectNode().put("oid", file.sha256).put("size", file.upload.size()));
    }
  }

  private void uploadParts(Hashed file, URI completion, JsonNode header, long partBytes)
      throws IOException {
    Map<Integer, String> addresses = new TreeMap<>();
    header
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().matches("\\d{1,6}")) {
                addresses.put(Integer.valueOf(entry.getKey()), entry.getValue().asText());
              }
            });
    long size = file.upload.size();
    if (partBytes <= 0 || addresses.size() != (size + partBytes - 1) / partBytes) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "the Hub's parts of '" + file.upload.path() + "' do not make the whole");
    }
    ObjectNode done = JSON.createObjectNode().put("oid", file.sha256);
    ArrayNode parts = done.putArray("parts");
    long from = 0;
    for (String address : addresses.values()) {
      long length = Math.min(partBytes, size - from);
      String etag = put(web(address), file.upload, from, length);
      int number = parts.size() + 1;
      parts.addObject().put("partNumber", number).put("etag", etag);
      from += length;
    }
    ask(completion, LFS_TYPE, done);
  }

  private static URI address(JsonNode action) throws HubException {
    return web(action.path("href").asText());
  }

  private static URI web(String address) throws HubException {
    try {
      URI uri = URI.create(address);
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new HubException(HubException.Kind.UNSAFE, "the Hub gives no address to upload to", e);
    }
    throw new HubException(HubException.Kind.UNSAFE, "the Hub gives no address to upload to");
  }

  /** Returns the ETag. */
  private String put(URI target, Upload upload, long from, long length) throws IOException {
    Request request =
        new Request(
            "PUT",
            target,
            Map.of(),
            () ->
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> part(upload, from, length)), length),
            true,
            true,
            false,
            null);
    try (Answer answer = expectOk(hub.transport().send(request))) {
      return answer.header("ETag");
    }
  }

  private static InputStream part(Upload upload, long from, long length) {
    try {
      return new PartOfStream(upload.source().open(from), length);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private JsonNode ask(URI uri, String type, JsonNode question) throws IOException {
    Request request = Request.post(uri, type, JSON.writeValueAsBytes(question), true);
    try (Answer answer = expectOk(hub.transport().send(request))) {
      return answer.json();
    }
  }

  private Answer expectOk(Answer answer) throws IOException {
    return hub.refusal(branch.dataset(), "branch '" + branch.revision() + "'").expectOk(answer);
  }

  private String commit(
      Snapshot parent, List<Hashed> files, Map<String, Boolean> large, String summary)
      throws IOException {
    byte[] lines = lines(parent, files, large, summary);
    Request request = Request.post(hub.addresses().commit(branch), LINES_TYPE, lines, false);
    for (int failures = 1; ; failures++) {
      IOException failure;
      try (Answer answer = expectOk(hub.transport().send(request))) {
        String commit = answer.json().path("commitOid").asText();
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
        if (files.stream().allMatch(file -> file.isAs(there.get(file.upload.path())))) {
          return now.commit();
        }
      }
      boolean mayPass =
          !(failure instanceof HubException refused)
              || refused.kind() == HubException.Kind.UNREACHABLE
              || refused.kind() == HubException.Kind.RATE_LIMITED;
      if (!mayPass || failures > Backoff.RETRIES) {
        throw failure;
      }
      // Not twice: the Hub refuses it if the parent is no longer the newest.
      hub.transport().backoff().awaitRetry(failures);
    }
  }

  private static byte[] lines(
      Snapshot parent, List<Hashed> files, Map<String, Boolean> large, String summary)
      throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ObjectNode header =
        JSON.createObjectNode()
            .put("summary", summary)
            .put("description", "")
            .put("parentCommit", parent.commit());
    line(lines, "header", header);
    for (Hashed file : files) {
      ObjectNode value = JSON.createObjectNode().put("path", file.upload.path());
      if (large.get(file.upload.path())) {
        value.put("algo", "sha256").put("oid", file.sha256).put("size", file.upload.size());
        line(lines, "lfsFile", value);
      } else {
        try (InputStream in = file.upload.source().open(0)) {
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
