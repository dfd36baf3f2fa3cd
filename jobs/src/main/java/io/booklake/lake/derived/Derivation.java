package io.booklake.lake.derived;

import io.booklake.table.Table;
import java.io.Serializable;

/**
 * What is summed up over events, and into which table. Two that are equal make the same rows.
 *
 * @param table that holds the rows
 * @param recipe makes them
 */
public record Derivation(Table table, Recipe recipe) implements Serializable {}
