/**
 * The table catalog: every table of the lake with its columns, types, units and layout. The only
 * place that names them.
 *
 * <p>Start at {@link io.booklake.table.TableCatalog}.
 */
package io.booklake.table;
