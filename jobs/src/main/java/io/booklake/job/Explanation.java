package io.booklake.job;

import io.booklake.model.TickerDay;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where rows of the lake come from.
 *
 * @param day their ticker-day
 * @param wanted which they are
 * @param rows the rows, by column name
 * @param sources the files that they were computed from; none for a bar without events
 * @param ledgerEntry the ticker-day's row of the ledger, by column name
 */
public record Explanation(
    TickerDay day,
    WantedRow wanted,
    List<Map<String, Object>> rows,
    List<Source> sources,
    Map<String, Object> ledgerEntry) {

  /** Keeps its own lists. */
  public Explanation {
    rows = List.copyOf(rows);
    sources = List.copyOf(sources);
  }

  /**
   * One of the two files of the ticker-day.
   *
   * @param kind {@code message} or {@code orderbook}
   * @param location where it was taken in, an archive's entry after {@code !/}
   * @param sha256 of its unpacked text when it was taken in, hexadecimal
   * @param events those whose lines were used: line {@code k + 1} for event {@code k}
   * @param finding what it is now
   */
  public record Source(
      String kind, String location, String sha256, EventRange events, Finding finding) {}

  /** Whether a source file is what it was when it was taken in. */
  public enum State {
    /** It has the digest that the ledger has. */
    UNCHANGED,
    /** It has another one. */
    CHANGED,
    /** It is not there. */
    GONE,
    /** It cannot be opened or read to its end. */
    UNREADABLE;

    /** As a word for people and tables. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a source file is now.
   *
   * @param remark why its lines cannot be shown; null where they are
   * @param lines those lines; null unless the file is unchanged
   */
  public record Finding(State state, String remark, Lines lines) {}

  /**
   * Lines of a source file that was found unchanged.
   *
   * @param firstByte offset in the unpacked text
   * @param byteCount length up to and with the last line's end
   * @param texts the first of them
   */
  public record Lines(long firstByte, long byteCount, List<String> texts) {
    /** Keeps its own list. */
    public Lines {
      texts = List.copyOf(texts);
    }
  }
}
