package io.booklake.read;

import io.booklake.delta.FileSettings;
import io.booklake.delta.LakeEngine;
import io.booklake.delta.LiveFile;
import io.booklake.delta.TableLog;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A lake, read by index range, without Spark. For any number of threads.
 *
 * <pre>{@code
 * LakeReader lake = LakeReader.open("/data/lake");
 * DayReader day = lake.day(new TickerDay(LocalDate.of(2012, 6, 21), "GOOG", 10));
 * ColumnBatch rows = day.rows(RowQuery.of("messages").between(100, 1099));
 * BookCursor book = day.book(70_000);
 * }</pre>
 *
 * <p>A reader holds the state that was published when it was opened or last refreshed. What it
 * hands out stays with that state, whatever is written meanwhile.
 */
public final class LakeReader {
  /** Bytes of what was read last that are kept, about. */
  public static final long DEFAULT_CACHE_BYTES = 256L << 20;

  /** Stands for the ledger's identifier where all that ever came was rejected. */
  private static final String NO_LEDGER = "";

  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  private final PageDecoders decoders;
  private final String root;
  private final Engine engine;
  private final FileBytes bytes;
  private final long cacheBytes;
  private final ReadAhead readAhead = new ReadAhead();

  /** Whoever reads an older version slowly must not put it in the place of a newer one. */
  private final ReentrantLock refreshing = new ReentrantLock();

  private volatile State state;

  /** What is published in one version of the ledger. */
  private record State(long version, TreeMap<TickerDay, PublishedDay> days, KnownFiles files) {}

  private LakeReader(String root, FileSettings settings, long cacheBytes) throws IOException {
    if (root.isBlank()) {
      throw new IllegalArgumentException(
          "found '" + root + "' for a lake, expected its folder or URI");
    }
    Path path = new Path(root);
    Optional<Path> local = settings.disk().qualified(path);
    this.root =
        (local.isPresent()
                ? local.get()
                : path.getFileSystem(settings.hadoop()).makeQualified(path))
            .toString();
    if (settings.disk().file(this.root).filter(File::isFile).isPresent()) {
      throw new NotPublishedException(
          "found a file at " + this.root + ", expected the folder of a lake");
    }
    bytes = new FileBytes(settings);
    decoders = new PageDecoders(settings);
    // The log's bytes are not counted as those of data files.
    FileBytes logs = new FileBytes(settings);
    engine = new LakeEngine(settings, kernels -> new LogParquet(decoders, logs, kernels));
    this.cacheBytes = cacheBytes;
  }

  /**
   * Opens a lake with a cache of {@link #DEFAULT_CACHE_BYTES}, one on a disk of this machine
   * without Hadoop's settings.
   *
   * @param root its folder on this machine, or a URI; of other file systems than the local one
   *     Hadoop reads the settings where it looks for them by itself
   * @throws IllegalArgumentException if the root is empty
   * @throws NotPublishedException if there is no lake: neither a ledger nor a quarantine
   */
  public static LakeReader open(String root) throws IOException {
    return open(root, FileSettings.local(), DEFAULT_CACHE_BYTES);
  }

  /**
   * Opens a lake with a cache of {@link #DEFAULT_CACHE_BYTES}, as {@link #open(String,
   * Configuration, long)} does.
   */
  public static LakeReader open(String root, Configuration configuration) throws IOException {
    return open(root, configuration, DEFAULT_CACHE_BYTES);
  }

  /**
   * Opens a lake.
   *
   * @param root its folder, or any URI that Hadoop knows
   * @param configuration of the file systems, credentials among it
   * @param cacheBytes of what was read last that are kept, about
   * @throws IllegalArgumentException if the root is empty
   * @throws NotPublishedException if there is no lake: neither a ledger nor a quarantine
   */
  public static LakeReader open(String root, Configuration configuration, long cacheBytes)
      throws IOException {
    return open(root, FileSettings.of(configuration), cacheBytes);
  }

  private static LakeReader open(String root, FileSettings settings, long cacheBytes)
      throws IOException {
    WarmUp.begin();
    LakeReader reader = new LakeReader(root, settings, cacheBytes);
    reader.refresh();
    return reader;
  }

  /** Its root URI. */
  public String root() {
    return root;
  }

  /**
   * Turns to what is published now. A {@link DayReader} that was handed out before stays with the
   * older state. Threads that refresh take turns; those that read go on with the older state.
   *
   * @return whether anything was published since
   * @throws NotPublishedException if there is no lake
   */
  public boolean refresh() throws IOException {
    refreshing.lock();
    try {
      return turnToNewest();
    } finally {
      refreshing.unlock();
    }
  }

  /** Java's URIs write a space as %20; to Hadoop, and so here, this is a part of the name. */
  private static String encoded(String root) {
    return ENCODED.matcher(root).find()
        ? " (if its name was percent-encoded, as by Path.toUri(): a root is written as it is)"
        : "";
  }

  private boolean turnToNewest() throws IOException {
    Table ledger = TableCatalog.TICKER_DAYS;
    TableLog log = log(ledger.name());
    Optional<Snapshot> snapshot = log.newest();
    State old = state;
    // Who had a ledger has lost it, and that is no empty lake.
    boolean hadLedger = old != null && !old.files.isOf(NO_LEDGER);
    if (snapshot.isEmpty()
        && (hadLedger || log(TableCatalog.QUARANTINE.name()).newest().isEmpty())) {
      throw new NotPublishedException(
          "there is no lake at "
              + root
              + ", or nothing was published in it yet: it has no table "
              + ledger.name()
              + encoded(root));
    }
    String ledgerId = snapshot.map(each -> each.getMetadata().getId()).orElse(NO_LEDGER);
    long version = snapshot.map(Snapshot::getVersion).orElse(0L);
    boolean isSameLake = old != null && old.files.isOf(ledgerId);
    if (isSameLake && old.version == version) {
      return false;
    }
    TreeMap<TickerDay, PublishedDay> days = new TreeMap<>();
    if (snapshot.isPresent()) {
      for (Map<String, Object> row : rows(ledger, log.files(snapshot.get()))) {
        PublishedDay day = PublishedDay.of(row);
        days.put(day.tickerDay(), day);
      }
    }
    KnownFiles files =
        isSameLake
            ? old.files
            : new KnownFiles(ledgerId, new PageCache(decoders, bytes, cacheBytes));
    state = new State(version, days, files);
    return true;
  }

  /** What is published. */
  public NavigableSet<TickerDay> tickerDays() {
    return new TreeSet<>(state.days.keySet());
  }

  /**
   * The rows of the ledger, in the order of ticker-days: by column name, without entries for what
   * is NULL; DATE is a {@link java.time.LocalDate}, TIMESTAMP an {@link java.time.Instant}.
   */
  public List<Map<String, Object>> ledger() {
    return state.days.values().stream().map(PublishedDay::entry).toList();
  }

  /**
   * What was rejected, as of now, in no order; values are those of {@link #ledger}. Empty where
   * nothing ever was, so that there is no such table.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public Optional<List<Map<String, Object>>> quarantine() {
    return newest(TableCatalog.QUARANTINE);
  }

  /**
   * What nightly runs did, as of now, in no order; values are those of {@link #ledger}. Empty where
   * no such run changed anything, so that there is no such table.
   *
   * @throws UncheckedIOException if they cannot be read
   */
  public Optional<List<Map<String, Object>>> runs() {
    return newest(TableCatalog.RUNS);
  }

  private Optional<List<Map<String, Object>>> newest(Table table) {
    TableLog log = log(table.name());
    Optional<Snapshot> snapshot = log.newest();
    if (snapshot.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(rows(table, log.files(snapshot.get())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Map<String, Object>> rows(Table table, List<LiveFile> files) throws IOException {
    return new TableRows(decoders, bytes).read(table, files);
  }

  /**
   * One ticker-day, in the state that this reader holds now.
   *
   * @throws NotPublishedException if it is not published; says so where it was rejected
   * @throws UncheckedIOException if it is not published, and what was rejected cannot be read
   */
  public DayReader day(TickerDay day) {
    State now = state;
    PublishedDay published = now.days.get(day);
    if (published == null) {
      throw notPublished(day);
    }
    return new DayReader(this, published, now.files);
  }

  private NotPublishedException notPublished(TickerDay day) {
    String why =
        quarantine().orElse(List.of()).stream()
            .filter(
                row ->
                    day.tradeDate().equals(row.get("trade_date"))
                        && day.ticker().equals(row.get("ticker"))
                        && Integer.valueOf(day.levels()).equals(row.get("levels")))
            .findFirst()
            .map(row -> "it is quarantined: " + row.get("reason") + ", " + row.get("message"))
            .orElse("'booklake show ticker-days' lists what is");
    return new NotPublishedException(day + " is not published in " + root + "; " + why);
  }

  /** Bytes asked of file systems for data files so far. */
  public long bytesRead() {
    return bytes.bytesRead();
  }

  ReadAhead readAhead() {
    return readAhead;
  }

  /**
   * One version of a table.
   *
   * @param files of the lake that is meant
   * @throws VersionGoneException if it is no longer there, or another lake is in its place
   */
  TableVersion version(KnownFiles files, String table, long version) throws IOException {
    Map.Entry<String, Long> key = Map.entry(table, version);
    TableVersion known = files.versions().getIfPresent(key);
    if (known == null) {
      if (state.files != files) {
        throw new VersionGoneException(
            "the lake that version " + version + " of " + path(table) + " was read in", null);
      }
      try {
        known = TableVersion.read(engine, catalog(table), path(table), version);
      } catch (KernelException e) {
        throw new VersionGoneException("version " + version + " of " + path(table), e);
      }
      files.versions().put(key, known);
    }
    return known;
  }

  private static Table catalog(String table) {
    return TableCatalog.all().stream()
        .filter(each -> each.name().equals(table))
        .findFirst()
        .orElseThrow(
            () -> new NotPublishedException("no table of a lake is called '" + table + "'"));
  }

  private TableLog log(String table) {
    return new TableLog(engine, path(table));
  }

  private String path(String table) {
    return root + "/" + table;
  }
}
