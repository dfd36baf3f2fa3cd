/** What booklake runs on: tasks and queries of one Spark. */
package io.booklake.spark;
