/**
 * The landing zone as {@code fetch} fills it: which files of a dataset make a pair, how they get
 * there, and the manifest that says where they came from. Knows common alone, no Spark.
 */
package io.booklake.landing;
