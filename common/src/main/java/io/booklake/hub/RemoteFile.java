package io.booklake.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a file as the Hub serves it. Large ones lie on another host, at an address that
 * holds for some minutes: it is used as long as it does, so that not every range asks the Hub.
 */
final class RemoteFile {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final Transport transport;
  private final URI address;
  private final RepositoryFile file;
  private final Refusal refusal;
  private volatile URI location;

  RemoteFile(Transport transport, URI address, RepositoryFile file, Refusal refusal) {
    this.transport = transport;
    this.address = address;
    this.file = file;
    this.refusal = refusal;
    this.location = address;
  }

  /**
   * Opens it from an offset to its end. The server may begin at 0 all the same: see {@link
   * #beginsAt}.
   */
  Answer open(long from) throws IOException {
    return open(from == 0 ? Map.of() : Map.of("Range", "bytes=" + from + "-"), null);
  }

  /**
   * Where the body of an answer begins: a server may not know ranges.
   *
   * @throws HubException if it is not of this file, or not what was asked for
   */
  long beginsAt(Answer answer, long asked) throws HubException {
    boolean whole = answer.status() != Answer.PARTIAL;
    String length = answer.header("Content-Length");
    String range = answer.header("Content-Range");
    if (whole
        ? length.isEmpty() || length.equals(String.valueOf(file.size()))
        : isOf(range, asked, length)) {
      return whole ? 0 : asked;
    }
    throw new HubException(
        HubException.Kind.CORRUPT,
        "'"
            + file.path()
            + "' from byte "
            + asked
            + ": found "
            + Printable.of(whole ? length + " bytes in all" : range + ", " + length + " bytes")
            + ", expected the "
            + file.size()
            + " bytes of the listing. Run it again later.");
  }

  private boolean isOf(String range, long asked, String length) {
    Matcher parts = CONTENT_RANGE.matcher(range);
    return parts.matches()
        && Long.parseLong(parts.group(1)) == asked
        && Long.parseLong(parts.group(3)) == file.size()
        && (length.isEmpty()
            || length.equals(String.valueOf(Long.parseLong(parts.group(2)) - asked + 1)));
  }

  /**
   * Reads a range, as often as it takes.
   *
   * @param from offset of the first byte
   * @param target has an array; what is left of it is filled
   * @return false if the server does not know ranges
   */
  boolean read(long from, ByteBuffer target) throws IOException {
    long origin = from - target.position();
    int failures = 0;
    while (target.hasRemaining()) {
      int before = target.position();
      long begin = origin + before;
      String range = "bytes=" + begin + "-" + (begin + target.remaining() - 1);
      try (Answer answer = open(Map.of("Range", range), target)) {
        if (beginsAt(answer, begin) != begin) {
          return false;
        }
        // Mostly all of it is there by now.
        while (target.hasRemaining()) {
          take(answer, target);
        }
      } catch (IOException e) {
        failures = target.position() > before ? 1 : failures + 1;
        again(e, failures);
      }
    }
    return true;
  }

  private static void take(Answer answer, ByteBuffer target) throws IOException {
    int at = target.arrayOffset() + target.position();
    int count = answer.body().read(target.array(), at, target.remaining());
    if (count < 0) {
      throw new EOFException("the connection ended early");
    }
    target.position(target.position() + count);
  }

  /**
   * Waits, or gives up.
   *
   * @param failures one after another without a byte between them
   */
  void again(IOException failure, int failures) throws IOException {
    if (failure instanceof HubException || failure instanceof InterruptedIOException) {
      throw failure;
    }
    if (failures > Backoff.RETRIES) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "'"
              + file.path()
              + "' breaks off again and again ("
              + Printable.of(failure.toString())
              + "). Run it again, it continues where it stopped.",
          failure);
    }
    transport.backoff().awaitRetry(failures);
  }

  private Answer open(Map<String, String> headers, ByteBuffer target) throws IOException {
    URI known = location;
    boolean heavy = file.size() > AwaitedBody.SMALL_BYTES;
    Answer answer = transport.send(Request.content(known, headers, heavy, target));
    if (!answer.isOk() && !known.equals(address)) {
      // The address has expired.
      answer.close();
      answer = transport.send(Request.content(address, headers, heavy, target));
    }
    if (answer.status() == Answer.UNSATISFIABLE) {
      answer.close();
      throw new HubException(
          HubException.Kind.CORRUPT,
          "'"
              + file.path()
              + "' is shorter than the "
              + file.size()
              + " bytes of the listing. Run it again.");
    }
    refusal.expectOk(answer);
    // A place on the Hub may be one that another server named, and would be asked with the token.
    location = transport.isEndpoint(answer.uri()) ? address : answer.uri();
    return answer;
  }
}
