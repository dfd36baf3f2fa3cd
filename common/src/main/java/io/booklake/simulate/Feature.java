package io.booklake.simulate;

/** What a simulated day may hold beyond visible limit orders. */
public enum Feature {
  /** Hidden orders, seen only by their executions (type 5). */
  HIDDEN_ORDERS,
  /** An opening and a closing cross (type 6, order ids -1 and -2). */
  CROSSES,
  /**
   * One halt in the middle of the day: trading halts, quoting resumes, trading resumes (type 7).
   */
  HALT
}
