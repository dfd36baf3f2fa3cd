package io.booklake.viewer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers that clients have not taken yet, within so many bytes of memory. Where the next one needs
 * room, those that have been on their way longest are cut off.
 */
final class PendingAnswers {
  private final long mostBytes;
  private final Set<Pending> oldestFirst = new LinkedHashSet<>();
  private long bytes;

  /** No record: a client's next answer may be as long as its last one. */
  private static final class Pending {
    private final EndPoint client;
    private final int bytes;

    Pending(EndPoint client, int bytes) {
      this.client = client;
      this.bytes = bytes;
    }
  }

  PendingAnswers(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Sends the body of an answer, without waiting for the client. */
  void send(Request request, Response response, byte[] body, Callback callback) {
    EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
    Pending answer = new Pending(client, body.length);
    // Not under the lock: whoever is cut off is removed by what waits for its answer's end. If it
    // ends at this very moment, its connection is lost for nothing, and its client asks again.
    add(answer).forEach(late -> late.client.close());
    response.write(true, ByteBuffer.wrap(body), Callback.from(() -> remove(answer), callback));
  }

  /** Returns those that have to go. */
  private synchronized List<Pending> add(Pending answer) {
    List<Pending> late = new ArrayList<>();
    bytes += answer.bytes;
    for (Iterator<Pending> each = oldestFirst.iterator(); bytes > mostBytes && each.hasNext(); ) {
      Pending oldest = each.next();
      each.remove();
      bytes -= oldest.bytes;
      late.add(oldest);
    }
    oldestFirst.add(answer);
    return late;
  }

  private synchronized void remove(Pending answer) {
    if (oldestFirst.remove(answer)) {
      bytes -= answer.bytes;
    }
  }
}
