package io.booklake.hub;

import java.io.IOException;

/** Turns an answer that is no success into words that say what to do. */
final class Refusal {
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

  private HubException of(Answer answer) {
    return switch (answer.header("X-Error-Code")) {
      case "GatedRepo" -> gated();
      case "RevisionNotFound" -> missing(HubException.Kind.NO_REVISION);
      case "EntryNotFound" -> missing(HubException.Kind.NO_FILE);
      case "RepoNotFound" -> noDataset();
      default -> byStatus(answer);
    };
  }

  private HubException byStatus(Answer answer) {
    String said = Printable.of(answer.header("X-Error-Message"));
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
                  + quoted(said));
      case Answer.NOT_FOUND -> missing(HubException.Kind.NO_FILE);
      case Answer.CONFLICT, Answer.PRECONDITION_FAILED ->
          new HubException(
              HubException.Kind.MOVED,
              dataset + ": somebody committed meanwhile. Run it again." + quoted(said));
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
                  + ". Run it again later, it continues."
                  + quoted(said));
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

  private static String quoted(String said) {
    return said.isEmpty() ? "" : " The Hub says: " + said;
  }
}
