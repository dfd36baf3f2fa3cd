package io.booklake.landing;

import io.booklake.hub.Downloads;
import io.booklake.hub.Hub;
import io.booklake.hub.HubException;
import io.booklake.hub.RepositoryFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.hadoop.fs.Path;

/**
 * Brings parcels from the Hub to the landing zone: through the cache, where a download that was cut
 * is continued and what Python has already is found, and verified once more on the way.
 */
public final class Delivery {

  /**
   * How it went.
   *
   * @param parcel which
   * @param refusal why it was not delivered, for the user; null if it was
   */
  public record Outcome(Parcel parcel, String refusal) implements Serializable {
    /** Whether it lies in the landing zone now. */
    public boolean isDelivered() {
      return refusal == null;
    }

    /** Of a parcel that a run which failed left as it was. */
    public static Outcome untouched(Parcel parcel) {
      return new Outcome(parcel, "the run failed before");
    }
  }

  private final Hub hub;
  private final LandingFolder landing;

  /** From a Hub to a dataset's folder. */
  public Delivery(Hub hub, LandingFolder landing) {
    this.hub = hub;
    this.landing = landing;
  }

  /**
   * Delivers one. Where one of its files is corrupt, gone, or of a name that cannot be had here,
   * the parcel is refused, and the landing zone keeps what it had of it.
   *
   * @param received told of each file's bytes as they come
   * @param mayReplace asked once, before the first file gets its name; no ends the delivery
   * @throws IOException if what is wrong concerns other parcels as well
   */
  public Outcome deliver(
      Parcel parcel, Function<RepositoryFile, LongConsumer> received, BooleanSupplier mayReplace)
      throws IOException {
    Map<RepositoryFile, Path> copies = new LinkedHashMap<>();
    try {
      for (RepositoryFile file : parcel.files()) {
        landing.reserve(file);
      }
      for (RepositoryFile file : parcel.files()) {
        copies.put(file, copy(parcel, file, received.apply(file)));
      }
      // All are refused before the first gets its name: what was there is whole then.
      for (RepositoryFile file : parcel.files()) {
        landing.prepare(file);
      }
      if (!mayReplace.getAsBoolean()) {
        throw new InterruptedIOException("the run has failed");
      }
      for (RepositoryFile file : parcel.files()) {
        landing.accept(file, copies.get(file));
        copies.remove(file);
      }
      return new Outcome(parcel, null);
    } catch (HubException e) {
      if (e.concernsWholeDataset()) {
        throw e;
      }
      return new Outcome(parcel, e.kind() + ": " + e.getMessage());
    } finally {
      for (Path copy : copies.values()) {
        landing.discard(copy);
      }
    }
  }

  private Path copy(Parcel parcel, RepositoryFile file, LongConsumer received) throws IOException {
    Downloads downloads = new Downloads(hub);
    java.nio.file.Path local = downloads.download(parcel.snapshot(), file, received);
    try {
      return landing.receive(file, local);
    } catch (HubException e) {
      // Somebody changed the cache: once more, from the Hub.
      downloads.discard(parcel.snapshot(), file);
      received.accept(-file.size());
      return landing.receive(file, downloads.download(parcel.snapshot(), file, received));
    }
  }
}
