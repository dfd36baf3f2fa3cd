package io.booklake.job;

import io.booklake.hub.DatasetId;
import io.booklake.hub.DatasetRevision;
import io.booklake.hub.Downloads;
import io.booklake.hub.Hub;
import io.booklake.hub.PathFilter;
import io.booklake.hub.RepositoryFile;
import io.booklake.hub.Snapshot;
import io.booklake.hub.hadoop.HubConfiguration;
import io.booklake.lake.StepFigures;
import io.booklake.landing.Delivery;
import io.booklake.landing.LandingFolder;
import io.booklake.landing.Manifest;
import io.booklake.landing.Parcel;
import io.booklake.model.TickerDay;
import io.booklake.spark.Spark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Fetches LOBSTER pairs from datasets on the Hugging Face Hub into the landing zone: those that are
 * new, or changed by their checksum. Each dataset has a folder there, with a manifest that {@code
 * ingest} reads for the ledger.
 *
 * <pre>{@code booklake fetch totalorganfailure/lobster-data --landing /data/landing}</pre>
 */
public final class FetchJob {

  /**
   * What is wanted.
   *
   * @param datasets {@code OWNER/NAME} or {@code OWNER/NAME@REVISION}
   * @param filter of paths inside them
   * @param selection which ticker-days
   * @param maxBytes of all that is fetched; pairs that would exceed it are left for another run
   * @param dryRun says what would be done, and does nothing
   */
  public record Wish(
      List<String> datasets,
      PathFilter filter,
      Selection selection,
      long maxBytes,
      boolean dryRun) {}

  /** What became of a parcel. */
  private record Line(Parcel parcel, String state, String reason) {}

  private static final String TO_FETCH = "to fetch";
  private static final String LEFT = "left";
  private static final List<String> COLUMNS =
      List.of("trade_date", "ticker", "levels", "dataset", "state", "bytes", "reason");

  private final Wish wish;
  private final String landing;
  private final Configuration configuration;
  private final Deliveries deliveries;
  private final List<Line> lines = new ArrayList<>();
  private long budgetBytes;
  private long fetchedBytes;
  private int fetched;
  private int unchanged;
  private int refused;
  private int left;

  /**
   * A job into a landing zone.
   *
   * @param spark begins only where Spark's tasks have something to fetch
   */
  public FetchJob(
      String landing,
      Configuration configuration,
      Progress progress,
      Supplier<Spark> spark,
      Wish wish) {
    this.wish = wish;
    this.landing = landing;
    this.configuration = configuration;
    this.deliveries = new Deliveries(landing, progress, spark);
    this.budgetBytes = wish.maxBytes();
  }

  /**
   * Does it.
   *
   * @return a row per pair or archive
   * @throws InvalidInputException if a dataset is not there, or this user may not read it
   */
  public Report execute() {
    long started = System.nanoTime();
    LandingZones.path(landing);
    try {
      List<DatasetRevision> wanted =
          HubFailure.valid(() -> wish.datasets().stream().map(DatasetRevision::parse).toList());
      refuseTwoRevisions(wanted);
      Hub hub = new Hub(HubFailure.valid(() -> HubConfiguration.settings(configuration)));
      for (DatasetRevision dataset : wanted) {
        fetch(hub, dataset);
      }
    } catch (IOException e) {
      throw HubFailure.of("fetch into " + landing, e);
    }
    String title =
        String.format(
            Locale.ROOT,
            "%s into %s: %d %s, %d unchanged, %d quarantined, %d left; %,d bytes in %.1f s",
            wish.dryRun() ? "fetch, only tried," : "fetch",
            landing,
            fetched,
            wish.dryRun() ? "to fetch" : "fetched",
            unchanged,
            refused,
            left,
            fetchedBytes,
            (System.nanoTime() - started) / 1e9);
    return new Report(
        title,
        COLUMNS,
        lines.stream().map(FetchJob::row).toList(),
        refused > 0,
        new StepFigures(0, 0, 0, 0, 0, unchanged, refused));
  }

  /** They would take turns to replace each other's files, at every run. */
  private static void refuseTwoRevisions(List<DatasetRevision> wanted) {
    Map<DatasetId, DatasetRevision> known = new HashMap<>();
    for (DatasetRevision each : wanted) {
      DatasetRevision other = known.putIfAbsent(each.dataset(), each);
      if (other != null && !other.equals(each)) {
        throw new InvalidInputException(
            "found "
                + other
                + " and "
                + each
                + ", expected one revision of a dataset. Fetch the other into another landing zone.");
      }
    }
  }

  /**
   * What {@link #execute} would fetch, of a wish that is only tried.
   *
   * @throws InvalidInputException if a dataset is not there, or this user may not read it
   */
  public Plan plan() {
    execute();
    return new Plan(
        lines.stream()
            .filter(line -> !line.state.equals(LEFT))
            .map(
                line ->
                    new Plan.Item(
                        "fetch",
                        line.parcel.tickerDay(),
                        line.state.equals(TO_FETCH) ? Plan.State.TO_FETCH : Plan.State.UNCHANGED,
                        line.parcel.bytes(),
                        origin(line.parcel)))
            .toList());
  }

  private void fetch(Hub hub, DatasetRevision wanted) throws IOException {
    Snapshot snapshot = hub.resolve(wanted);
    List<RepositoryFile> all = hub.list(snapshot);
    List<Parcel> parcels =
        Parcel.of(
            snapshot,
            all.stream().filter(file -> wish.filter().test(file.path())).toList(),
            wish.selection()::includes);
    try (LandingFolder folder = new LandingFolder(configuration, landing, snapshot.dataset())) {
      Manifest manifest = folder.manifest();
      List<Parcel> missing = new ArrayList<>();
      for (Parcel parcel : parcels) {
        if (folder.holds(manifest, parcel)) {
          unchanged++;
          lines.add(new Line(parcel, "unchanged", ""));
        } else if (parcel.bytes() > budgetBytes) {
          left++;
          lines.add(new Line(parcel, LEFT, "more than --max-bytes"));
        } else {
          budgetBytes -= parcel.bytes();
          missing.add(parcel);
        }
      }
      if (wish.dryRun()) {
        missing.forEach(parcel -> count(new Delivery.Outcome(parcel, null), TO_FETCH));
      } else if (!missing.isEmpty()) {
        tidy(folder);
        new Downloads(hub).keep(snapshot, all);
        deliver(hub, folder, manifest, missing);
      }
    }
  }

  private static void tidy(LandingFolder folder) {
    try {
      folder.removeAbandoned();
    } catch (IOException e) {
      // Of another user, say: what is to be fetched does not depend on it.
      return;
    }
  }

  private void deliver(Hub hub, LandingFolder folder, Manifest manifest, List<Parcel> missing)
      throws IOException {
    folder.forget(manifest, missing);
    List<Delivery.Outcome> outcomes = new ArrayList<>();
    try {
      deliveries.execute(
          hub,
          folder,
          missing,
          outcome -> {
            outcomes.add(outcome);
            count(outcome, "fetched");
          });
    } finally {
      // Also where one failed: these are there, and need not be fetched again, or are as they were.
      if (!outcomes.isEmpty()) {
        folder.note(manifest, outcomes);
      }
    }
  }

  private void count(Delivery.Outcome outcome, String done) {
    if (outcome.isDelivered()) {
      fetched++;
      fetchedBytes += outcome.parcel().bytes();
      lines.add(new Line(outcome.parcel(), done, ""));
    } else {
      refused++;
      lines.add(new Line(outcome.parcel(), "quarantined", outcome.refusal()));
    }
  }

  private static List<Object> row(Line line) {
    TickerDay day = line.parcel.tickerDay();
    return Arrays.asList(
        day == null ? null : day.tradeDate(),
        day == null ? null : day.ticker(),
        day == null ? null : day.levels(),
        origin(line.parcel),
        line.state,
        line.parcel.bytes(),
        line.reason);
  }

  private static String origin(Parcel parcel) {
    return parcel.snapshot().dataset() + "@" + parcel.snapshot().commit();
  }
}
