package io.booklake.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;

/** What is asked about publishing to a branch, in JSON. */
final class BranchQuestions {
  /** Files in one question; the Hub takes no more. */
  static final int MOST_FILES = 256;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Hub hub;
  private final DatasetRevision branch;

  BranchQuestions(Hub hub, DatasetRevision branch) {
    this.hub = hub;
    this.branch = branch;
  }

  /** The answer to a question that may be asked twice. */
  JsonNode ask(URI uri, String type, JsonNode question) throws IOException {
    Request request = Request.post(uri, type, JSON.writeValueAsBytes(question), true);
    try (Answer answer = expectOk(hub.transport().send(request))) {
      return answer.json();
    }
  }

  /** The answer, if it is a success. */
  Answer expectOk(Answer answer) throws IOException {
    return hub.refusal(branch.dataset(), "branch '" + branch.revision() + "'").expectOk(answer);
  }
}
