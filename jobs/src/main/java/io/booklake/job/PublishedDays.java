package io.booklake.job;

import io.booklake.model.TickerDay;
import io.booklake.read.LakeReader;
import io.booklake.read.NotPublishedException;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Opens a lake for those who look at it, without Spark. */
final class PublishedDays {
  private PublishedDays() {}

  /**
   * A lake.
   *
   * @throws InvalidInputException if there is none
   */
  static LakeReader open(String lake, Configuration configuration) throws IOException {
    try {
      return LakeReader.open(lake, configuration);
    } catch (NotPublishedException e) {
      throw new InvalidInputException(e.getMessage() + ": run ingest first", e);
    }
  }

  /**
   * Ticker-days of a selection that a table holds.
   *
   * @throws InvalidInputException if there is none
   */
  static List<TickerDay> of(LakeReader lake, Selection selection, String table) {
    List<TickerDay> all =
        lake.tickerDays().stream().filter(day -> lake.day(day).tables().contains(table)).toList();
    if (all.isEmpty()) {
      throw new InvalidInputException(
          "the lake "
              + lake.root()
              + " has no table "
              + table
              + " yet: run booklake "
              + job(table)
              + " first");
    }
    List<TickerDay> selected = all.stream().filter(selection::includes).toList();
    if (selected.isEmpty()) {
      throw new InvalidInputException(
          "no ticker-day of this selection is published in "
              + table
              + ": 'booklake show ticker-days' tells what is published, 'booklake "
              + job(table)
              + "' computes what is missing, and 'booklake show quarantine' tells what was rejected");
    }
    return selected;
  }

  /** Which makes a table. */
  private static String job(String table) {
    if (TableCatalog.orderLevel().stream().anyMatch(each -> each.name().equals(table))) {
      // What was taken in without the order-level book lies there untouched.
      return "ingest --force";
    }
    return TableCatalog.perEvent(1).stream().anyMatch(each -> each.name().equals(table))
        ? "ingest"
        : table.replace('_', '-');
  }

  /**
   * The one ticker-day of a selection that a table holds.
   *
   * @throws InvalidInputException if there is none, or more than one
   */
  static TickerDay one(LakeReader lake, Selection selection, String table) {
    List<TickerDay> days = of(lake, selection, table);
    if (days.size() > 1) {
      throw new InvalidInputException(
          "this is about one ticker-day, found "
              + days.size()
              + " from "
              + days.get(0)
              + " to "
              + days.get(days.size() - 1)
              + ": name one by --ticker, --date and --levels");
    }
    return days.get(0);
  }
}
