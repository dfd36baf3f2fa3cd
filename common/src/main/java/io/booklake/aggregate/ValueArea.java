package io.booklake.aggregate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Point of control and value area of one volume profile, by the two-row rule of Market Profile
 * (Dalton, <i>Mind Over Markets</i>).
 *
 * <p>The profile is the contiguous rows between the lowest and the highest traded price; a row in
 * which nothing traded has volume 0. The <b>point of control</b> is the row of the largest volume;
 * a tie goes to the row nearest to the middle of the profile, then to the lower. From there the
 * <b>value area</b> grows by the larger of the next two rows above and the next two below (fewer
 * where fewer remain; a tie goes up; a side that is exhausted loses) until it holds at least 70 %
 * of the volume.
 *
 * @param pointOfControlTicks lower end of the row, 1/10,000 USD
 * @param lowTicks lower end of the lowest row in the value area, 1/10,000 USD
 * @param highTicks lower end of the highest row in the value area, 1/10,000 USD
 */
public record ValueArea(long pointOfControlTicks, long lowTicks, long highTicks) {

  /**
   * A row in which something traded.
   *
   * @param priceTicks lower end of the row, 1/10,000 USD
   * @param volume shares, positive
   */
  public record TradedRow(long priceTicks, long volume) {}

  private static final int ROWS_AT_ONCE = 2;

  /**
   * Finds both.
   *
   * @param rows at most one per price, in any order; those of no volume are ignored
   * @param binTicks height of a row; all prices are whole multiples of it apart
   * @return empty where nothing traded
   */
  public static Optional<ValueArea> of(List<TradedRow> rows, long binTicks) {
    List<TradedRow> traded =
        rows.stream()
            .filter(row -> row.volume() > 0)
            .sorted(Comparator.comparingLong(TradedRow::priceTicks))
            .toList();
    return traded.isEmpty() ? Optional.empty() : Optional.of(new Growth(traded, binTicks).grown());
  }

  /**
   * The area while it grows. Rows without trades exist only as distance between prices, so that the
   * work depends on the rows traded and not on the range of prices.
   */
  private static final class Growth {
    private final List<TradedRow> traded;
    private final long binTicks;
    private final int pointOfControl;
    private long inArea;
    private long lowTicks;
    private long highTicks;

    /** Nearest traded rows outside the area; -1 and size where a side is exhausted. */
    private int below;

    private int above;

    Growth(List<TradedRow> traded, long binTicks) {
      this.traded = traded;
      this.binTicks = binTicks;
      pointOfControl = pointOfControl(traded);
      TradedRow start = traded.get(pointOfControl);
      inArea = start.volume();
      lowTicks = start.priceTicks();
      highTicks = start.priceTicks();
      below = pointOfControl - 1;
      above = pointOfControl + 1;
    }

    ValueArea grown() {
      long total = 0;
      for (TradedRow row : traded) {
        total = Math.addExact(total, row.volume());
      }
      while (Math.multiplyExact(10, inArea) < Math.multiplyExact(7, total)) {
        grow();
      }
      return new ValueArea(traded.get(pointOfControl).priceTicks(), lowTicks, highTicks);
    }

    private void grow() {
      long volumeAbove = volumeAbove();
      long volumeBelow = volumeBelow();
      boolean up = above < traded.size() && (below < 0 || volumeAbove >= volumeBelow);
      if (up) {
        long rows = volumeAbove == 0 && volumeBelow == 0 ? emptyRowsAbove() : ROWS_AT_ONCE;
        highTicks =
            Math.min(highTicks + rows * binTicks, traded.get(traded.size() - 1).priceTicks());
        inArea += volumeAbove;
        while (above < traded.size() && traded.get(above).priceTicks() <= highTicks) {
          above++;
        }
      } else {
        long rows = volumeBelow == 0 ? emptyRowsBelow() : ROWS_AT_ONCE;
        lowTicks = Math.max(lowTicks - rows * binTicks, traded.get(0).priceTicks());
        inArea += volumeBelow;
        while (below >= 0 && traded.get(below).priceTicks() >= lowTicks) {
          below--;
        }
      }
    }

    private long volumeAbove() {
      long volume = 0;
      long edge = highTicks + ROWS_AT_ONCE * binTicks;
      for (int i = above; i < traded.size() && traded.get(i).priceTicks() <= edge; i++) {
        volume += traded.get(i).volume();
      }
      return volume;
    }

    private long volumeBelow() {
      long volume = 0;
      long edge = lowTicks - ROWS_AT_ONCE * binTicks;
      for (int i = below; i >= 0 && traded.get(i).priceTicks() >= edge; i--) {
        volume += traded.get(i).volume();
      }
      return volume;
    }

    /** All the pairs of empty rows up to the next traded one, taken in one go. */
    private long emptyRowsAbove() {
      long emptyRows = (traded.get(above).priceTicks() - highTicks) / binTicks - 1;
      return emptyRows - emptyRows % ROWS_AT_ONCE;
    }

    private long emptyRowsBelow() {
      long emptyRows = (lowTicks - traded.get(below).priceTicks()) / binTicks - 1;
      return emptyRows - emptyRows % ROWS_AT_ONCE;
    }

    private static int pointOfControl(List<TradedRow> traded) {
      long twiceMiddle = traded.get(0).priceTicks() + traded.get(traded.size() - 1).priceTicks();
      int best = 0;
      for (int i = 1; i < traded.size(); i++) {
        TradedRow row = traded.get(i);
        TradedRow holder = traded.get(best);
        boolean larger = row.volume() > holder.volume();
        // Rows come from low to high, so an equal distance leaves the lower one in place.
        boolean nearer =
            row.volume() == holder.volume()
                && Math.abs(2 * row.priceTicks() - twiceMiddle)
                    < Math.abs(2 * holder.priceTicks() - twiceMiddle);
        if (larger || nearer) {
          best = i;
        }
      }
      return best;
    }
  }
}
