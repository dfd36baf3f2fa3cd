/** Benchmarks of the engines with JMH; {@code benchmarks/jmh --help} runs them. */
package io.booklake.benchmark;
