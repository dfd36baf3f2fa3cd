package io.booklake.lake;

import static java.util.stream.Collectors.joining;

import io.booklake.delta.DeltaSchemas;
import io.booklake.delta.LiveFile;
import io.booklake.lake.columnar.DataFile;
import io.booklake.model.TickerDay;
import io.booklake.table.Table;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One change of one table: decided on its newest version, committed as the version after that, and
 * decided anew whenever somebody else commits meanwhile. So all changes happen as if one after the
 * other.
 */
final class Commit {
  private static final int MAX_TRIES = 25;
  private static final long MAX_PAUSE_MILLIS = 500;
  private static final long PAUSE_MILLIS_PER_TRY = 10;

  /** Ticker-days in a message. */
  private static final int MOST_NAMED = 5;

  /** What is decided on a snapshot. */
  interface Decision {
    /** The files to add, and the rows that they take the place of. */
    Change on(Snapshot snapshot);
  }

  /**
   * A change.
   *
   * @param added new data files
   * @param scope the rows that they take the place of
   * @param emptied files all of whose rows that are not in scope are among the added ones, as
   *     {@link LiveFile#path} has them
   */
  record Change(List<DataFile> added, ReplaceScope scope, Set<String> emptied) {
    /** One that takes the place of rows in scope alone. */
    Change(List<DataFile> added, ReplaceScope scope) {
      this(added, scope, Set.of());
    }
  }

  /**
   * Rows that lie in other files now.
   *
   * @param from where they lay, as {@link LiveFile#path} has it
   * @param to where they are now
   */
  record Move(Set<String> from, DataFile to) {}

  private final CommitLog log;
  private final Table table;
  private final Path path;
  private final Configuration configuration;
  private final Survivors survivors;
  private final RowGroups rowGroups;
  private final Supplier<Set<TickerDay>> published;

  /**
   * Of one table.
   *
   * @param published which ticker-days are; asked only where a file is lost
   */
  Commit(
      CommitLog log,
      Table table,
      String path,
      Configuration configuration,
      Survivors survivors,
      Supplier<Set<TickerDay>> published) {
    this.log = log;
    this.table = table;
    this.path = new Path(path);
    this.configuration = configuration;
    this.survivors = survivors;
    this.rowGroups = new RowGroups(configuration);
    this.published = published;
  }

  /**
   * Adds files that exist, whatever the version.
   *
   * @param condition throws where they must not become part of the table; asked for each snapshot,
   *     last of all
   * @return the version that has them
   */
  long of(Change change, Runnable condition) {
    try {
      return repeated(snapshot -> once(snapshot, change, condition));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      deleteUnlessCommitted(change.added, e);
      throw e;
    }
  }

  /**
   * Adds files that are written anew for each try.
   *
   * @return the version that has them
   */
  long of(Decision decision) {
    return repeated(
        snapshot -> {
          Change change = decision.on(snapshot);
          return leavingNothingElse(change.added, () -> once(snapshot, change, () -> {}));
        });
  }

  /**
   * Puts rows into other files, which exist. Where one of those they lay in is no longer part of
   * the table somebody replaced rows meanwhile: such a move is given up, and its file deleted.
   *
   * @return the moves that became part of the table
   */
  List<Move> of(List<Move> moves) {
    List<Move> done = new ArrayList<>();
    try {
      repeated(
          snapshot -> {
            Map<String, LiveFile> live =
                log.log().files(snapshot).stream()
                    .collect(Collectors.toMap(LiveFile::path, Function.identity()));
            done.clear();
            moves.stream().filter(move -> live.keySet().containsAll(move.from)).forEach(done::add);
            return done.isEmpty() ? snapshot.getVersion() : once(snapshot, live, done);
          });
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      deleteUnlessCommitted(moves.stream().map(Move::to).toList(), e);
      throw e;
    }
    delete(moves.stream().filter(move -> !done.contains(move)).map(Move::to).toList());
    return List.copyOf(done);
  }

  private long once(Snapshot snapshot, Map<String, LiveFile> live, List<Move> moves)
      throws OvertakenException {
    return log.commit(
        snapshot,
        table,
        moves.stream().flatMap(move -> move.from.stream()).map(live::get).toList(),
        moves.stream().map(Move::to).toList(),
        false);
  }

  private interface Attempt {
    long on(Snapshot snapshot) throws OvertakenException;
  }

  private interface Step {
    long run() throws OvertakenException;
  }

  private long repeated(Attempt attempt) {
    for (int tries = 1; ; tries++) {
      try {
        return attempt.on(log.newestOrCreated(table));
      } catch (OvertakenException e) {
        if (tries == MAX_TRIES) {
          throw new IllegalStateException(
              path
                  + ": other writers were faster "
                  + tries
                  + " times in a row, so nothing was changed; run fewer jobs on this lake at once",
              e);
        }
        pause(tries);
      }
    }
  }

  /** Longer each time, and for each writer differently, so that they get out of step. */
  private static void pause(int tries) {
    try {
      Thread.sleep(
          ThreadLocalRandom.current()
              .nextLong(1 + Math.min(MAX_PAUSE_MILLIS, PAUSE_MILLIS_PER_TRY * tries)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two tries to commit", e);
    }
  }

  private long once(Snapshot snapshot, Change change, Runnable condition)
      throws OvertakenException {
    List<LiveFile> removed =
        log.log().files(snapshot).stream()
            .filter(file -> change.emptied.contains(file.path()) || anyIn(change.scope, file))
            .toList();
    if (removed.isEmpty() && change.added.isEmpty()) {
      condition.run();
      return snapshot.getVersion();
    }
    List<LiveFile> mixed =
        removed.stream()
            .filter(file -> !change.emptied.contains(file.path()))
            .filter(file -> !allIn(change.scope, file))
            .toList();
    List<DataFile> rest =
        mixed.isEmpty()
            ? List.of()
            : survivors.write(DeltaSchemas.with(table, snapshot.getSchema()), mixed, change.scope);
    return leavingNothingElse(
        rest,
        () -> {
          condition.run();
          return log.commit(
              snapshot,
              table,
              removed,
              Stream.concat(change.added.stream(), rest.stream()).toList(),
              true);
        });
  }

  /** A lost file is all in scope, as {@link #allIn} has it, or nothing can be done about it. */
  private boolean anyIn(ReplaceScope scope, LiveFile file) {
    try {
      return rowGroups.anyIn(scope, file);
    } catch (LostFileException e) {
      expectAllReplaced(scope, file, e);
      return true;
    }
  }

  private boolean allIn(ReplaceScope scope, LiveFile file) {
    try {
      return rowGroups.allIn(scope, file);
    } catch (LostFileException e) {
      return true;
    }
  }

  /** What nobody published is no loss. */
  private void expectAllReplaced(ReplaceScope scope, LiveFile file, LostFileException lost) {
    List<TickerDay> all =
        published.get().stream()
            .filter(day -> ReplaceScope.of(List.of(day)).meets(file.ranges()))
            .sorted()
            .toList();
    List<TickerDay> others = all.stream().filter(day -> !scope.holdsAllOf(day)).toList();
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          lost.getMessage()
              + ". It may hold "
              + others.stream().limit(MOST_NAMED).map(String::valueOf).collect(joining(", "))
              + (others.size() > MOST_NAMED ? " and " + (others.size() - MOST_NAMED) + " more" : "")
              + ", whose rows would be gone for good: take in all ticker-days of it again in one run, by"
              + " 'booklake ingest --force --dates "
              + others.get(0).tradeDate()
              + "', with ingest.ticker-days-per-commit of at least "
              + all.size()
              + ", and then run the jobs behind it",
          lost);
    }
  }

  private long leavingNothingElse(List<DataFile> files, Step step) throws OvertakenException {
    try {
      return step.run();
    } catch (OvertakenException e) {
      delete(files);
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      deleteUnlessCommitted(files, e);
      throw e;
    }
  }

  /**
   * Deletes files that a failed commit leaves. A file system may report a failure although it did
   * what it was told, so what is part of the table stays.
   */
  private void deleteUnlessCommitted(List<DataFile> files, Exception failure) {
    try {
      Set<String> live =
          log.log().newest().stream()
              .flatMap(snapshot -> log.log().files(snapshot).stream())
              .map(file -> new Path(file.path()).getName())
              .collect(Collectors.toSet());
      delete(
          files.stream().filter(file -> !live.contains(new Path(file.path()).getName())).toList());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void delete(List<DataFile> files) {
    try {
      for (DataFile file : files) {
        path.getFileSystem(configuration).delete(new Path(path, file.path()), false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
