package io.booklake.lake.derived;

import io.booklake.aggregate.Session;
import java.io.Serializable;
import java.util.List;

/**
 * Ticker-days of one date that one task computes, into one file.
 *
 * @param number tells the bins of a run apart
 * @param days in the order of the table
 * @param messages files of {@code messages} that may hold their rows
 * @param depth files of {@code depth} that may
 */
public record DerivedBin(int number, List<Day> days, List<String> messages, List<String> depth)
    implements Serializable {

  /**
   * A ticker-day to compute.
   *
   * @param events as many as the ledger says it has
   */
  public record Day(Session session, long events) implements Serializable {}
}
