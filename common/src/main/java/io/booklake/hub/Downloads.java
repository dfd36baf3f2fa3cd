package io.booklake.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;

/**
 * Downloads files into the cache. What was begun by a run that died is continued; what is whole is
 * verified, and only then gets its name.
 *
 * <p>Of a large file several ranges are asked at once, and written one after the other in their
 * order: the checksum is computed on the way, and the part that is there is always a beginning.
 */
public final class Downloads {
  /** Ranges of a large file that are under way at once. */
  private static final int RANGES = 8;

  /** Bytes of a range. */
  private static final int RANGE_BYTES = 8 << 20;

  /** Ranges of one file that are in memory: some wait for their turn to be written. */
  private static final int MOST_BUFFERS = RANGES + 2;

  /** Of all files of this process, so that eight large ones at once take no more than two do. */
  private static final Semaphore BUFFERS = new Semaphore(2 * RANGES, true);

  /** From here on a file is large. */
  public static final long LARGE_BYTES = 8L * RANGE_BYTES;

  private static final int BUFFER_BYTES = 128 << 10;

  private final Hub hub;

  /** Downloads of a Hub, into the cache of its settings. */
  public Downloads(Hub hub) {
    this.hub = hub;
  }

  /**
   * Notes which commit a revision is and what it holds, so that it can be used offline. Nothing is
   * downloaded by that.
   */
  public void keep(Snapshot snapshot, List<RepositoryFile> files) throws IOException {
    try {
      hub.cache(snapshot.dataset()).keep(snapshot, files);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * A file as the cache holds it, downloaded where it does not yet.
   *
   * @param received told of bytes as they come; of a negative number where some must come again
   * @return the file under its name in the snapshot
   * @throws HubException of kind {@code CORRUPT} if the content is not that of the listing, also
   *     when it is asked for again; of kind {@code NAME} if it cannot have its name here; of kind
   *     {@code CACHE} if the cache cannot be written
   */
  public Path download(Snapshot snapshot, RepositoryFile file, LongConsumer received)
      throws IOException {
    file.checkName();
    DatasetCache cache = hub.cache(snapshot.dataset());
    try {
      if (cache.holds(file)) {
        received.accept(file.size());
      } else {
        fill(cache, snapshot, file, received);
      }
      return cache.link(snapshot, file);
    } catch (HubException | InterruptedIOException e) {
      throw e;
    } catch (ClosedByInterruptException | FileLockInterruptionException e) {
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while downloading");
      interrupted.initCause(e);
      throw interrupted;
    } catch (IOException e) {
      throw unwritable(e);
    } catch (InvalidPathException e) {
      throw new HubException(
          HubException.Kind.UNSAFE,
          "'"
              + Printable.of(file.path())
              + "' cannot be the name of a file here: "
              + e.getReason()
              + ". Set LC_ALL to a locale in UTF-8, such as C.UTF-8.",
          e);
    }
  }

  /** Forgets a content that is not what it should be, so that it is downloaded again. */
  public void discard(Snapshot snapshot, RepositoryFile file) throws IOException {
    Files.deleteIfExists(hub.cache(snapshot.dataset()).blob(file));
  }

  private void fill(
      DatasetCache cache, Snapshot snapshot, RepositoryFile file, LongConsumer received)
      throws IOException {
    try (Partial partial = cache.openPartial(file)) {
      if (partial.wasWaitedFor() && cache.holds(file)) {
        // Another thread or process was quicker.
        partial.delete();
        received.accept(file.size());
        return;
      }
      if (!new Filling(hub.remote(snapshot, file), file, partial, received).fill()) {
        // What an earlier run left may be to blame: once more, from the beginning.
        received.accept(-partial.length());
        partial.clear();
        if (!new Filling(hub.remote(snapshot, file), file, partial, received).fill()) {
          partial.delete();
          throw new HubException(
              HubException.Kind.CORRUPT,
              "'"
                  + file.path()
                  + "' of "
                  + snapshot.dataset()
                  + " is not what the Hub's listing says: found another checksum twice, expected "
                  + file.checksum()
                  + ". Tell the owner of the dataset, or run it again later.");
        }
      }
      partial.moveTo(cache.blob(file));
    }
  }

  private HubException unwritable(IOException cause) {
    return new HubException(
        HubException.Kind.CACHE,
        "cannot write the cache "
            + hub.settings().cacheFolder()
            + ": "
            + Printable.of(cause.toString())
            + ". Make room or set HF_HUB_CACHE to another folder; then run it again, it continues.",
        cause);
  }

  /** One try to bring one file to its end. */
  private static final class Filling {
    private final RemoteFile remote;
    private final RepositoryFile file;
    private final Partial partial;
    private final LongConsumer received;
    private Checksum checksum;

    Filling(RemoteFile remote, RepositoryFile file, Partial partial, LongConsumer received) {
      this.remote = remote;
      this.file = file;
      this.partial = partial;
      this.received = received;
    }

    /** Returns whether the checksum is right. */
    boolean fill() throws IOException {
      resume();
      if (file.size() - partial.length() < LARGE_BYTES || !inParallel()) {
        inSequence();
      }
      return checksum.matches();
    }

    private void resume() throws IOException {
      checksum = new Checksum(file);
      if (partial.length() > file.size()) {
        partial.clear();
      }
      byte[] buffer = buffer(partial.length());
      long position = 0;
      while (position < partial.length()) {
        int count = partial.read(position, buffer);
        if (count < 0) {
          throw new EOFException("the partial file shrank");
        }
        checksum.update(buffer, 0, count);
        position += count;
      }
      received.accept(position);
    }

    private static byte[] buffer(long bytes) {
      return new byte[(int) Math.min(BUFFER_BYTES, bytes)];
    }

    private void startAgain() throws IOException {
      received.accept(-partial.length());
      partial.clear();
      checksum = new Checksum(file);
    }

    /** In pieces that stay in the processor's cache from the checksum to the disk. */
    private void take(byte[] bytes, int count) throws IOException {
      for (int done = 0; done < count; done += BUFFER_BYTES) {
        int piece = Math.min(BUFFER_BYTES, count - done);
        checksum.update(bytes, done, piece);
        partial.append(bytes, done, piece);
      }
      received.accept(count);
    }

    private void inSequence() throws IOException {
      byte[] buffer = buffer(file.size());
      int failures = 0;
      long reached = partial.length();
      while (partial.length() < file.size()) {
        try (Answer answer = remote.open(partial.length())) {
          if (remote.beginsAt(answer, partial.length()) != partial.length()) {
            startAgain();
          }
          while (partial.length() < file.size()) {
            take(buffer, read(answer, buffer));
            if (partial.length() > reached) {
              // A server that begins anew each time and breaks off makes no progress.
              reached = partial.length();
              failures = 0;
            }
          }
        } catch (NetworkException e) {
          remote.again(e.getCause(), ++failures);
        }
      }
    }

    /** Tells what the network does from what the disk does. */
    private int read(Answer answer, byte[] buffer) throws NetworkException {
      int count;
      try {
        count =
            answer
                .body()
                .read(buffer, 0, (int) Math.min(buffer.length, file.size() - partial.length()));
      } catch (IOException e) {
        throw new NetworkException(e);
      }
      if (count < 0) {
        throw new NetworkException(new EOFException("the connection ended early"));
      }
      return count;
    }

    /** Returns false if the server does not know ranges. */
    private boolean inParallel() throws IOException {
      awaitBuffer();
      int buffers = 1;
      ExecutorService threads = Executors.newFixedThreadPool(RANGES);
      Deque<Future<byte[]>> ahead = new ArrayDeque<>();
      Deque<byte[]> free = new ArrayDeque<>();
      long asked = partial.length();
      try {
        while (partial.length() < file.size()) {
          // More as far as nobody waits for a first one, also where others come to their end.
          while (buffers < MOST_BUFFERS && !BUFFERS.hasQueuedThreads() && BUFFERS.tryAcquire()) {
            buffers++;
          }
          while (asked < file.size() && ahead.size() < buffers) {
            byte[] buffer = free.isEmpty() ? new byte[RANGE_BYTES] : free.pop();
            long from = asked;
            int count = (int) Math.min(RANGE_BYTES, file.size() - asked);
            ByteBuffer range = ByteBuffer.wrap(buffer, 0, count);
            ahead.add(threads.submit(() -> remote.read(from, range) ? buffer : null));
            asked += count;
          }
          byte[] next = await(ahead.remove());
          if (next == null) {
            return false;
          }
          take(next, (int) Math.min(RANGE_BYTES, file.size() - partial.length()));
          free.push(next);
        }
        return true;
      } finally {
        threads.shutdownNow();
        BUFFERS.release(buffers);
      }
    }

    private static void awaitBuffer() throws InterruptedIOException {
      try {
        BUFFERS.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while others download");
      }
    }

    private static byte[] await(Future<byte[]> range) throws IOException {
      try {
        return range.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while downloading");
      }
    }
  }

  /** What went wrong is the network. */
  private static final class NetworkException extends Exception {
    NetworkException(IOException cause) {
      super(cause);
    }

    @Override
    public synchronized IOException getCause() {
      return (IOException) super.getCause();
    }
  }
}
