package io.booklake.lake.derived;

import io.booklake.aggregate.Aggregation;
import io.booklake.model.TickerDay;
import java.io.Serializable;
import java.util.List;

/** How the rows of a derived table are made. */
public interface Recipe extends Serializable {
  /** One for each kind of row, in the order that the rows of a ticker-day have in the table. */
  List<Aggregation> aggregations();

  /** Levels of the book that they look at; 0 for none. */
  int levels(TickerDay day);
}
