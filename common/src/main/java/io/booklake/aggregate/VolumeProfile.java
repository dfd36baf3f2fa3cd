package io.booklake.aggregate;

import io.booklake.format.lobster.EventBatch;
import io.booklake.model.EventType;
import io.booklake.model.HiddenSide;
import io.booklake.model.Price;
import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnValues;
import io.booklake.table.TableCatalog;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The {@code volume_profile} table: volume by price bin in windows of a ticker-day.
 *
 * <p>Windows are the session (window_index 0), a grid of time from exchange midnight, or {@code
 * event_index div n}. A window's bounds are those of <i>all</i> its events, whatever their type; a
 * bin has a row if anything was executed in it, be it in a cross. Point of control and value area
 * are by continuous volume, see {@link ValueArea}; a window without any has neither. A bin in which
 * only a cross was traded is in the value area if its price lies inside.
 *
 * <p>The book is not looked at: events of no levels are enough.
 */
public final class VolumeProfile implements Aggregation {
  private final SliceSpec spec;
  private final String name;
  private final PriceBin bin;
  private final Slicer slicer;
  private final TableRows rows = new TableRows(TableCatalog.VOLUME_PROFILE);
  private final Columns columns = new Columns();
  private boolean hiddenSideKnown;

  // The open window.
  private final TreeMap<Long, TradedVolume> bins = new TreeMap<>();
  private boolean isOpen;
  private long window;
  private long startIndex;
  private long endIndex;
  private long firstNanos;
  private long lastNanos;

  /**
   * Profiles of one kind of window.
   *
   * @param spec see {@link SliceSpec#window}
   */
  public VolumeProfile(SliceSpec spec, PriceBin bin) {
    this.spec = spec;
    this.name = spec.toString();
    this.bin = bin;
    this.slicer = new Slicer(spec);
  }

  @Override
  public void begin(Session session) {
    hiddenSideKnown = HiddenSide.isKnown(session.tickerDay().tradeDate());
    rows.begin(session);
    slicer.begin();
    isOpen = false;
  }

  @Override
  public void add(EventBatch events) {
    for (int row = 0; row < events.rows; row++) {
      long slice = slicer.slice(events, row);
      if (!isOpen || slice != window) {
        close();
        isOpen = true;
        window = slice;
        startIndex = events.firstIndex + row;
        firstNanos = events.timeNanos[row];
      }
      endIndex = events.firstIndex + row;
      lastNanos = events.timeNanos[row];
      byte type = events.type[row];
      if (Slicer.isContinuousTrade(type) || type == EventType.CROSS_TRADE) {
        long price = events.price[row];
        bins.computeIfAbsent(price - Math.floorMod(price, bin.ticks()), ticks -> new TradedVolume())
            .add(type, events.direction[row], events.size[row], hiddenSideKnown);
      }
    }
  }

  @Override
  public ColumnBatch end() {
    close();
    return rows.batch;
  }

  private void close() {
    Optional<ValueArea> area =
        ValueArea.of(
            bins.entrySet().stream()
                .map(each -> new ValueArea.TradedRow(each.getKey(), each.getValue().volume))
                .toList(),
            bin.ticks());
    for (Map.Entry<Long, TradedVolume> each : bins.entrySet()) {
      long ticks = each.getKey();
      int row = rows.next();
      columns.place(row);
      columns.price.doubles[row] = (double) ticks / (double) Price.TICKS_PER_DOLLAR;
      columns.volumes.set(row, each.getValue());
      columns.isPointOfControl.booleans[row] =
          area.isPresent() && area.get().pointOfControlTicks() == ticks;
      columns.inValueArea.booleans[row] =
          area.isPresent() && area.get().lowTicks() <= ticks && ticks <= area.get().highTicks();
    }
    bins.clear();
  }

  /** Where values go. */
  private final class Columns {
    final ColumnValues windowSpec = rows.column("window_spec");
    final ColumnValues binSize = rows.column("bin_size");
    final ColumnValues windowIndex = rows.column("window_index");
    final ColumnValues startIndexes = rows.column("start_index");
    final ColumnValues endIndexes = rows.column("end_index");
    final ColumnValues startTimeNanos = rows.column("start_time_ns");
    final ColumnValues endTimeNanos = rows.column("end_time_ns");
    final ColumnValues price = rows.column("price");
    final VolumeColumns volumes = new VolumeColumns(rows);
    final ColumnValues isPointOfControl = rows.column("is_poc");
    final ColumnValues inValueArea = rows.column("in_value_area");

    void place(int row) {
      boolean byTime = spec.kind() == SliceSpec.Kind.TIME;
      windowSpec.strings[row] = name;
      binSize.doubles[row] = bin.dollars();
      windowIndex.longs[row] = window;
      startIndexes.longs[row] = startIndex;
      endIndexes.longs[row] = endIndex;
      startTimeNanos.longs[row] = byTime ? window * spec.size() : firstNanos;
      endTimeNanos.longs[row] = byTime ? (window + 1) * spec.size() : lastNanos;
    }
  }
}
