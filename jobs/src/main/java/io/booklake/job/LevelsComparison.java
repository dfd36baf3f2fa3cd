package io.booklake.job;

import io.booklake.model.TickerDay;
import io.booklake.verify.CheckResult;
import io.booklake.verify.CutCheck;
import io.booklake.verify.Event;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** Brings a deep and a shallow ticker-day of the same day side by side to {@link CutCheck}. */
final class LevelsComparison {
  private static final String[] POSITION =
      Stream.concat(RowValues.KEY.stream(), Stream.of("event_index")).toArray(String[]::new);

  private LevelsComparison() {}

  /** Each of the two holds one ticker-day. */
  static CheckResult of(TickerDayTables deep, TickerDayTables shallow) {
    TickerDay day = shallow.days().iterator().next();
    int levels = day.levels();
    int deepLevels = deep.deepest();
    return events(deep)
        .zipPartitions(
            events(shallow),
            (ofDeep, ofShallow) ->
                List.of(
                        new CutCheck(day, deepLevels)
                            .of(new Events(ofDeep, deepLevels), new Events(ofShallow, levels)))
                    .iterator())
        .first();
  }

  /** In one partition: memory is bounded by Spark's sort. */
  private static JavaRDD<InternalRow> events(TickerDayTables tables) {
    Column[] columns =
        Stream.concat(
                RowValues.MESSAGE.stream().map(functions::col),
                // Both tables have the index; the times were compared elsewhere.
                RowValues.book(tables.deepest()).stream().map(functions::col))
            .toArray(Column[]::new);
    return tables
        .of("messages")
        .join(tables.of("depth").drop("time_ns", "event_time"), POSITION, "inner")
        .select(columns)
        .repartition(1)
        .sortWithinPartitions("event_index")
        .queryExecution()
        .toRdd()
        .toJavaRDD();
  }

  private record Events(Iterator<InternalRow> rows, int levels) implements Iterator<Event> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Event next() {
      InternalRow row = rows.next();
      return new Event(
          RowValues.message(row), RowValues.book(row, RowValues.MESSAGE.size(), levels));
    }
  }
}
