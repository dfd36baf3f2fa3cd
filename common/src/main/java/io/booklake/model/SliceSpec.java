package io.booklake.model;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a ticker-day is cut into slices: the bars of candles, the windows of a volume profile, the
 * grid of depth metrics.
 *
 * <p>Every cut has one spelling, {@link #toString}, so that {@code time:60s} and {@code time:1m}
 * are the same rows of a table.
 *
 * @param kind what is counted
 * @param size how much of it makes a slice, in the unit of the kind; 0 for {@link Kind#SESSION}
 */
public record SliceSpec(Kind kind, long size) implements Serializable {

  /** What is counted until a slice is full. */
  public enum Kind {
    /** Nanoseconds, on a grid that starts at exchange midnight. */
    TIME("time:1m"),
    /** Events of every type, from event_index 0 on. */
    EVENTS("events:50"),
    /** Continuous trades (types 4 and 5): the trade that completes the number ends the slice. */
    TRADES("trades:100"),
    /** Shares in continuous trades: the trade that reaches the number ends the slice. */
    VOLUME("volume:10000"),
    /** US dollars in continuous trades: the trade that reaches the number ends the slice. */
    DOLLAR("dollar:1000000"),
    /** Nothing: the whole ticker-day is one slice. */
    SESSION("session");

    private final String example;

    Kind(String example) {
      this.example = example;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Unit {
    D(86_400_000_000_000L),
    H(3_600_000_000_000L),
    M(60_000_000_000L),
    S(1_000_000_000L),
    MS(1_000_000L);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Set<Kind> BARS = EnumSet.complementOf(EnumSet.of(Kind.SESSION));
  private static final Set<Kind> WINDOWS = EnumSet.of(Kind.SESSION, Kind.TIME, Kind.EVENTS);
  private static final Set<Kind> GRIDS = EnumSet.of(Kind.TIME, Kind.EVENTS);
  private static final Pattern SHAPE = Pattern.compile("([a-z]+):([1-9][0-9]{0,17})(ms|s|m|h|d)?");

  /** Checks that the size is one. */
  public SliceSpec {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.SESSION ? size != 0 : size <= 0) {
      throw new IllegalArgumentException(
          "size must be positive, and 0 for a session, found " + size + " for " + kind.word());
    }
    if (kind == Kind.TIME && (size > Unit.D.nanos || size % Unit.MS.nanos != 0)) {
      throw new IllegalArgumentException(
          "a length of time must be whole milliseconds and at most 1d, found " + size + " ns");
    }
    if (kind == Kind.DOLLAR && size > Long.MAX_VALUE / Price.TICKS_PER_DOLLAR) {
      throw new IllegalArgumentException(
          "dollars must be at most "
              + Long.MAX_VALUE / Price.TICKS_PER_DOLLAR
              + ", found "
              + size
              + ": larger sums do not fit");
    }
  }

  /**
   * Reads a bar of candles: {@code time:1m}, {@code events:50}, {@code trades:100}, {@code
   * volume:10000} (shares) or {@code dollar:1000000}.
   *
   * @throws IllegalArgumentException saying what was found and what was expected
   */
  public static SliceSpec bar(String text) {
    return parse("bar", BARS, text);
  }

  /**
   * Reads a window of a volume profile: {@code session}, {@code time:30m} or {@code events:1000}.
   *
   * @throws IllegalArgumentException saying what was found and what was expected
   */
  public static SliceSpec window(String text) {
    return parse("window", WINDOWS, text);
  }

  /**
   * Reads a grid of depth metrics: {@code time:1s} or {@code events:1000}.
   *
   * @throws IllegalArgumentException saying what was found and what was expected
   */
  public static SliceSpec grid(String text) {
    return parse("grid", GRIDS, text);
  }

  private static SliceSpec parse(String what, Set<Kind> kinds, String text) {
    if (kinds.contains(Kind.SESSION) && text.equals(Kind.SESSION.word())) {
      return new SliceSpec(Kind.SESSION, 0);
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw unreadable(what, kinds, text, "");
    }
    Kind kind =
        kinds.stream()
            .filter(candidate -> candidate.word().equals(matcher.group(1)))
            .findFirst()
            .orElseThrow(() -> unreadable(what, kinds, text, ""));
    long number = Long.parseLong(matcher.group(2));
    String unit = matcher.group(3);
    if ((kind == Kind.TIME) != (unit != null)) {
      throw unreadable(
          what,
          kinds,
          text,
          unit == null ? "; time needs a unit: ms, s, m, h or d" : "; only time has a unit");
    }
    try {
      return new SliceSpec(
          kind, unit == null ? number : Math.multiplyExact(number, unitNanos(unit)));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a " + what + ": '" + text + "' is too large; time goes up to 1d", e);
    }
  }

  private static long unitNanos(String unit) {
    return Unit.valueOf(unit.toUpperCase(Locale.ROOT)).nanos;
  }

  private static IllegalArgumentException unreadable(
      String what, Set<Kind> kinds, String text, String hint) {
    return new IllegalArgumentException(
        "not a "
            + what
            + ": '"
            + text
            + "', expected one like "
            + kinds.stream().map(kind -> kind.example).collect(Collectors.joining(", "))
            + hint);
  }

  /** Threshold of a {@link Kind#DOLLAR} slice in price units (1/10,000 USD) times shares. */
  public long dollarTicks() {
    return size * Price.TICKS_PER_DOLLAR;
  }

  /** True for {@code time:1d}, the one length of time that is the whole ticker-day. */
  public boolean isWholeDay() {
    return kind == Kind.TIME && size == ExchangeTime.NANOS_PER_DAY;
  }

  /** The one spelling, as it stands in bar_spec, window_spec and grid_spec: {@code time:1m}. */
  @Override
  public String toString() {
    if (kind == Kind.SESSION) {
      return kind.word();
    }
    if (kind != Kind.TIME) {
      return kind.word() + ":" + size;
    }
    for (Unit unit : Unit.values()) {
      if (size % unit.nanos == 0) {
        return kind.word() + ":" + size / unit.nanos + unit.word();
      }
    }
    throw new AssertionError("sizes are checked to be whole milliseconds");
  }
}
