package io.booklake.viewer;

import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's turns, but as long as an answer is made, not until the client has taken it: a few who
 * read slowly would keep all others waiting.
 */
final class Turns extends QoSHandler {
  /**
   * For one handler.
   *
   * @param handler makes an answer before it returns, and sends it without waiting for the client
   */
  Turns(Handler handler) {
    super(
        new Handler.Wrapper(handler) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            try {
              return super.handle(request, response, callback);
            } finally {
              Turn turn = Request.as(request, Turn.class);
              // What is excluded from turns has none.
              if (turn != null) {
                turn.end();
              }
            }
          }
        });
  }

  @Override
  public boolean onConditionsMet(Request request, Response response, Callback callback)
      throws Exception {
    return super.onConditionsMet(new Turn(request), response, callback);
  }

  /** Takes what listens for the end of the exchange for a listener to the end of the turn. */
  private static final class Turn extends Request.Wrapper {
    private HttpStream listeners = new NoStream();

    Turn(Request request) {
      super(request);
    }

    @Override
    public void addHttpStreamWrapper(Function<HttpStream, HttpStream> wrapper) {
      listeners = wrapper.apply(listeners);
    }

    void end() {
      listeners.succeeded();
    }
  }

  private static final class NoStream extends HttpStream.Wrapper {
    NoStream() {
      super(null);
    }

    @Override
    public void succeeded() {}
  }
}
