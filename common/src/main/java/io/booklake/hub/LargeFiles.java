package io.booklake.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Brings contents to the storage of a dataset, by git's protocol for large files (LFS). The Hub
 * gives addresses to send them to, for many at once. Those are good for a while only, so that they
 * are asked for again where storage takes them no more.
 */
final class LargeFiles {
  /** Times that storage may refuse a content, at addresses that are new each time. */
  private static final int MOST_REFUSALS = 3;

  private static final String JSON_TYPE = "application/json";
  private static final String LFS_TYPE = "application/vnd.git-lfs+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Hub hub;
  private final DatasetRevision branch;
  private final BranchQuestions questions;

  LargeFiles(Hub hub, DatasetRevision branch) {
    this.hub = hub;
    this.branch = branch;
    this.questions = new BranchQuestions(hub, branch);
  }

  /**
   * Uploads what is not there.
   *
   * @param sent told of the bytes of each content that is done
   */
  void upload(List<HashedUpload> files, LongConsumer sent) throws IOException {
    for (int from = 0; from < files.size(); from += BranchQuestions.MOST_FILES) {
      Map<String, HashedUpload> byChecksum = new TreeMap<>();
      files
          .subList(from, Math.min(from + BranchQuestions.MOST_FILES, files.size()))
          .forEach(file -> byChecksum.put(file.sha256(), file));
      uploadBatch(List.copyOf(byChecksum.values()), sent);
    }
  }

  private void uploadBatch(List<HashedUpload> files, LongConsumer sent) throws IOException {
    Map<String, JsonNode> actions = actions(files);
    int done = 0;
    int refusals = 0;
    while (done < files.size()) {
      HashedUpload file = files.get(done);
      try {
        upload(file, actions.get(file.sha256()));
      } catch (HubException e) {
        refusals++;
        if (e.kind() != HubException.Kind.STORAGE || refusals == MOST_REFUSALS) {
          throw e;
        }
        // The addresses of those behind it are as old.
        actions = actions(files.subList(done, files.size()));
        continue;
      }
      sent.accept(file.upload().size());
      done++;
      refusals = 0;
    }
  }

  /** What is to be done, by checksum: nothing where the Hub has a content. */
  private Map<String, JsonNode> actions(List<HashedUpload> files) throws IOException {
    ObjectNode question =
        JSON.createObjectNode().put("operation", "upload").put("hash_algo", "sha256");
    question.putArray("transfers").add("basic").add("multipart");
    question.putObject("ref").put("name", branch.revision());
    ArrayNode objects = question.putArray("objects");
    files.forEach(
        file -> objects.addObject().put("oid", file.sha256()).put("size", file.upload().size()));
    Map<String, JsonNode> actions = new HashMap<>();
    for (JsonNode object :
        questions
            .ask(hub.addresses().largeFiles(branch.dataset()), LFS_TYPE, question)
            .path("objects")) {
      if (object.has("error")) {
        throw new HubException(
            HubException.Kind.UNREACHABLE,
            branch.dataset()
                + " does not take a content: "
                + Printable.of(object.path("error").path("message").asText()));
      }
      actions.put(object.path("oid").asText(), object.path("actions"));
    }
    for (HashedUpload file : files) {
      // Without actions the Hub has it, of an earlier run or of another dataset; but it must say
      // so.
      if (!actions.containsKey(file.sha256())) {
        throw new HubException(
            HubException.Kind.UNREACHABLE,
            "the Hub does not say where '"
                + file.upload().path()
                + "' goes to. Run it again later, it continues.");
      }
    }
    return actions;
  }

  private void upload(HashedUpload file, JsonNode actions) throws IOException {
    JsonNode upload = actions.path("upload");
    if (upload.isMissingNode()) {
      return;
    }
    URI target = address(upload);
    JsonNode partBytes = upload.path("header").path("chunk_size");
    if (partBytes.isMissingNode()) {
      put(target, file.upload(), 0, file.upload().size());
    } else {
      uploadParts(file, target, upload.path("header"), partBytes.asLong());
    }
    if (actions.has("verify")) {
      questions.ask(
          address(actions.path("verify")),
          JSON_TYPE,
          JSON.createObjectNode().put("oid", file.sha256()).put("size", file.upload().size()));
    }
  }

  private void uploadParts(HashedUpload file, URI completion, JsonNode header, long partBytes)
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
    long size = file.upload().size();
    if (partBytes <= 0 || addresses.size() != (size + partBytes - 1) / partBytes) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "the Hub's parts of '" + file.upload().path() + "' do not make the whole");
    }
    ObjectNode done = JSON.createObjectNode().put("oid", file.sha256());
    ArrayNode parts = done.putArray("parts");
    long from = 0;
    for (String address : addresses.values()) {
      long length = Math.min(partBytes, size - from);
      String etag = put(web(address), file.upload(), from, length);
      int number = parts.size() + 1;
      parts.addObject().put("partNumber", number).put("etag", etag);
      from += length;
    }
    questions.ask(completion, LFS_TYPE, done);
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
    try (Answer answer = hub.transport().send(request)) {
      if (!answer.isOk()) {
        throw Refusal.ofStorage(answer, upload.path());
      }
      return answer.header("ETag");
    }
  }

  private static InputStream part(Upload upload, long from, long length) {
    try {
      return new PartOfStream(upload.source().open(from), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
