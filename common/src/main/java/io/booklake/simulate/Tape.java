package io.booklake.simulate;

/** Where an exchange reports what happens. */
interface Tape {
  /** False where the caller wants no more events now: an order in execution is then cut off. */
  boolean hasRoom();

  /**
   * One event, after it changed the book.
   *
   * @param level level of the touched side, 0 for the best, before and after the event alike; 0 for
   *     events that leave the book as it is
   */
  void event(byte type, long orderId, long size, long priceTicks, byte direction, int level);
}
