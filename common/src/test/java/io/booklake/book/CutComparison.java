package io.booklake.book;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Real truth on real days: cuts a deep ticker-day down to the pairs that fewer levels would hold,
 * rebuilds each, and holds every order that it names after every event against the book rebuilt
 * from all levels.
 *
 * <p>As a program it prints the tables of docs/fidelity.md:
 *
 * <pre>{@code
 * BOOKLAKE_REAL_DATA=... java -cp ... io.booklake.book.CutComparison GOOG_2012-06-21_10 1 3 5
 * }</pre>
 */
final class CutComparison {

  /** One published level of the cut, over all its events. */
  static final class LevelCount {
    long publishedShares;
    long rightShares;
    long provenRight;
    long provenWrong;
    long probableRight;
    long probableWrong;
    long undecided;

    void add(LevelCount other) {
      publishedShares += other.publishedShares;
      rightShares += other.rightShares;
      provenRight += other.provenRight;
      provenWrong += other.provenWrong;
      probableRight += other.probableRight;
      probableWrong += other.probableWrong;
      undecided += other.undecided;
    }

    double provenPrecision() {
      return (double) provenRight / (provenRight + provenWrong);
    }

    double probablePrecision() {
      return (double) probableRight / (probableRight + probableWrong);
    }

    double recall() {
      return (double) rightShares / publishedShares;
    }
  }

  private final Recording deep;
  private final Map<Long, Recording.Life> deepLives = new HashMap<>();
  private final BookReplay deepReplay = new BookReplay();
  private final Day day;
  private int nextDeepChange;

  /**
   * Begins a comparison.
   *
   * @param deep all of {@code day}, rebuilt
   */
  CutComparison(Day day, Recording deep) {
    this.day = day;
    this.deep = deep;
    deep.lives.forEach(life -> deepLives.put(life.orderId(), life));
  }

  /** Compares, once: the counts by level of the cut. */
  LevelCount[] with(Day cut, Recording shallow) {
    LevelCount[] counts = new LevelCount[cut.levels];
    for (int level = 0; level < cut.levels; level++) {
      counts[level] = new LevelCount();
    }
    BookReplay replay = new BookReplay();
    int next = 0;
    for (int index = 0; index < cut.events.size(); index++) {
      while (next < shallow.changes.size() && shallow.changes.get(next).eventIndex() == index) {
        ReplayCheck.apply(replay, shallow.changes.get(next++));
      }
      Day.Event event = cut.events.get(index);
      followDeep(event.source());
      for (byte side : new byte[] {1, -1}) {
        for (int level = 0; level < cut.levels; level++) {
          counts[level].publishedShares += event.sizes(side)[level];
          for (BookReplay.Order order : replay.queue(side, event.prices(side)[level])) {
            judge(order, event.source(), counts[level]);
          }
        }
      }
    }
    return counts;
  }

  private void followDeep(int source) {
    while (nextDeepChange < deep.changes.size()
        && deep.changes.get(nextDeepChange).eventIndex() <= source) {
      ReplayCheck.apply(deepReplay, deep.changes.get(nextDeepChange++));
    }
  }

  private void judge(BookReplay.Order order, int source, LevelCount count) {
    boolean right =
        deepReplay.queue(order.direction(), order.priceTicks()).stream()
            .anyMatch(other -> other.orderId() == order.orderId());
    boolean probable = order.origin() == Origin.REVALIDATED;
    if (!right && mayBeThere(order, source)) {
      count.undecided++;
    } else if (probable) {
      count.probableRight += right ? 1 : 0;
      count.probableWrong += right ? 0 : 1;
    } else {
      count.provenRight += right ? 1 : 0;
      count.provenWrong += right ? 0 : 1;
    }
    if (right) {
      count.rightShares += order.size();
    }
  }

  /** The deeper book lost it from sight too, and has room for it where it was. */
  private boolean mayBeThere(BookReplay.Order order, int source) {
    Recording.Life life = deepLives.get(order.orderId());
    if (life.exitReason() != ExitReason.LOST) {
      return false;
    }
    Day.Event event = day.events.get(source);
    long residual = 0;
    for (int level = 0; level < day.levels; level++) {
      if (event.prices(order.direction())[level] == order.priceTicks()) {
        residual = event.sizes(order.direction())[level];
      }
    }
    for (BookReplay.Order known : deepReplay.queue(order.direction(), order.priceTicks())) {
      residual -= known.size();
    }
    return residual >= order.size();
  }

  /** Prints the tables for a sample day and some numbers of levels. */
  public static void main(String[] arguments) throws IOException {
    Day day = RealDays.day(arguments[0]);
    Recording deep = Recording.of(day, 1000, 1024);
    print("| levels | level | proven right | probable right | undecided | recall |");
    print("|---|---|---|---|---|---|");
    for (int argument = 1; argument < arguments.length; argument++) {
      Day cut = day.cut(Integer.parseInt(arguments[argument]));
      LevelCount[] counts = new CutComparison(day, deep).with(cut, Recording.of(cut, 1000, 1024));
      LevelCount all = new LevelCount();
      for (int level = 0; level < counts.length; level++) {
        row(cut.levels, Integer.toString(level + 1), counts[level]);
        all.add(counts[level]);
      }
      row(cut.levels, "all", all);
    }
  }

  private static void row(int levels, String level, LevelCount count) {
    print(
        String.format(
            Locale.ROOT,
            "| %d | %s | %.4f %% of %,d | %.2f %% of %,d | %,d | %.2f %% |",
            levels,
            level,
            100 * count.provenPrecision(),
            count.provenRight + count.provenWrong,
            100 * count.probablePrecision(),
            count.probableRight + count.probableWrong,
            count.undecided,
            100 * count.recall()));
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
