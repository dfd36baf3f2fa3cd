package io.booklake.verify;

import java.util.List;

/**
 * A row of {@code candles}, {@code volume_profile} or {@code depth_metrics}.
 *
 * @param spec the bar, the window with its bin size behind {@code @}, or the grid
 * @param values those of the table's columns behind the key, in their order; null where NULL
 */
public record DerivedRow(String spec, List<Object> values) {}
