package io.booklake.hub;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns an answer that is no success into words that say what to do. */
final class Refusal {
  /** Of a body that tells why; a page of HTML may be longer, and is of no use. */
  private static final int LONGEST_REASON = 64 << 10;

  /** As storage answers: in XML, of S3. */
  private static final Pattern REASON_OF_STORAGE = Pattern.compile("<Message>([^<]*)</Message>");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HubSettings settings;
  private final DatasetId dataset;
  private final String what;

  /**
   * About a request.
   *
   * @param what is missing where the Hub does not find it, such as a file and its commit
   */
  Refusal(HubSettings settings, DatasetId dataset, String what) {
    this.settings = settings;
    this.dataset = dataset;
    this.what = what;
  }

  /** The answer, if it is a success. */
  Answer expectOk(Answer answer) throws IOException {
    if (answer.isOk()) {
      return answer;
    }
    try (answer) {
      throw of(answer);
    }
  }

  /**
   * Storage's, where large contents go to: it knows neither datasets nor tokens.
   *
   * @param path what was sent
   */
  static HubException ofStorage(Answer answer, String path) throws IOException {
    // Not the address: who has it may write.
    String text =
        "storage at "
            + answer.uri().getHost()
            + " answers "
            + answer.status()
            + " to the upload of '"
            + path
            + "'. Run it again later, it continues.";
    return new HubException(
        answer.isTransient() ? HubException.Kind.UNREACHABLE : HubException.Kind.STORAGE,
        text + quoted("Storage", reason(answer)));
  }

  private HubException of(Answer answer) throws IOException {
    return switch (answer.header("X-Error-Code")) {
      case "GatedRepo" -> gated();
      case "RevisionNotFound" -> missing(HubException.Kind.NO_REVISION);
      case "EntryNotFound" -> missing(HubException.Kind.NO_FILE);
      case "RepoNotFound" -> noDataset();
      default -> byStatus(answer);
    };
  }

  private HubException byStatus(Answer answer) throws IOException {
    String said = quoted("The Hub", reason(answer));
    return switch (answer.status()) {
      case Answer.UNAUTHORIZED -> noDataset();
      case Answer.FORBIDDEN ->
          new HubException(
              HubException.Kind.UNAUTHORIZED,
              dataset
                  + ": not allowed. "
                  + (settings.token().isPresent()
                      ? "Check what the token may do at " + settings.endpoint() + "/settings/tokens"
                      : "No token was sent: " + howToSendOne())
                  + said);
      case Answer.NOT_FOUND -> missing(HubException.Kind.NO_FILE);
      case Answer.CONFLICT, Answer.PRECONDITION_FAILED ->
          new HubException(
              HubException.Kind.MOVED,
              dataset + ": somebody committed meanwhile. Run it again." + said);
      case Answer.TOO_MANY ->
          new HubException(
              HubException.Kind.RATE_LIMITED,
              dataset
                  + ": too many requests. Wait some minutes and run it again, it continues"
                  + (settings.token().isPresent()
                      ? "."
                      : "; with a token the limits are higher: " + howToSendOne()));
      default ->
          new HubException(
              HubException.Kind.UNREACHABLE,
              answer.uri().getHost()
                  + " answers "
                  + answer.status()
                  + " to "
                  + what
                  + " of "
                  + dataset
                  + (answer.isTransient() ? ". Run it again later, it continues." : ".")
                  + said);
    };
  }

  /** The Hub does not tell strangers that a private dataset exists. */
  private HubException noDataset() {
    return settings.token().isPresent()
        ? new HubException(
            HubException.Kind.NO_DATASET,
            "no dataset "
                + dataset
                + " at "
                + settings.endpoint()
                + " that this token may see. Check the name (OWNER/NAME) and the token.")
        : new HubException(
            HubException.Kind.NO_DATASET,
            "no public dataset "
                + dataset
                + " at "
                + settings.endpoint()
                + ". Check the name (OWNER/NAME). If it is private: "
                + howToSendOne());
  }

  private HubException gated() {
    return new HubException(
        HubException.Kind.GATED,
        dataset
            + " is gated. Ask for access at "
            + new Addresses(settings.endpoint()).page(dataset)
            + (settings.token().isPresent() ? "." : ", and then " + howToSendOne()));
  }

  private HubException missing(HubException.Kind kind) {
    return new HubException(kind, dataset + " has no " + what + ".");
  }

  private String howToSendOne() {
    return "set HF_TOKEN to a token from " + settings.endpoint() + "/settings/tokens.";
  }

  private static String quoted(String who, String said) {
    return said.isEmpty() ? "" : " " + who + " says: " + said;
  }

  /** In the header, and more of it in the body; empty where it says nothing. */
  private static String reason(Answer answer) throws IOException {
    String header = answer.header("X-Error-Message");
    String body = inBody(answer);
    String all =
        header.contains(body) ? header : body.contains(header) ? body : header + " " + body;
    return Printable.of(all.strip().replaceAll("\\s+", " "));
  }

  private static String inBody(Answer answer) throws IOException {
    try {
      byte[] bytes = answer.body().readNBytes(LONGEST_REASON);
      Matcher xml = REASON_OF_STORAGE.matcher(new String(bytes, StandardCharsets.UTF_8));
      return xml.find() ? xml.group(1) : JSON.readTree(bytes).path("error").asText();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      // No JSON, or it broke off: the status must do.
      return "";
    }
  }
}
