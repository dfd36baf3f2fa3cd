package io.booklake.model;

import java.util.Arrays;

/**
 * Where numbers stand in an array of them: a table of places, open addressed and searched one by
 * one. The numbers are not kept a second time: those that are asked for, the newest, are in the
 * processor's cache still.
 *
 * <p>All calls are given the same array, or a longer copy of it.
 */
public final class NumberIndex {
  /** Not there. */
  public static final int NONE = -1;

  /** Times 2^64: whose products are spread evenly (Knuth, The art of computer programming, 6.4). */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** A place plus one where a number's hash points to, or behind it; 0 where nothing is. */
  private int[] slots;

  private int count;

  /**
   * Empty.
   *
   * @param expected numbers that are taken in before the table grows; a power of two
   */
  public NumberIndex(int expected) {
    slots = new int[2 * expected];
  }

  /** The place of a number, or {@link #NONE}. */
  public int find(long[] numbers, long number) {
    int slot = slot(number);
    int place;
    while ((place = slots[slot]) != 0) {
      if (numbers[place - 1] == number) {
        return place - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return NONE;
  }

  /** Takes in the number behind those that it has, which must be another than all of them. */
  public void append(long[] numbers) {
    if (2 * count == slots.length) {
      slots = new int[2 * slots.length];
      for (int place = 0; place < count; place++) {
        enter(numbers[place], place);
      }
    }
    enter(numbers[count], count);
    count++;
  }

  private void enter(long number, int place) {
    int slot = slot(number);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = place + 1;
  }

  private int slot(long number) {
    return (int) ((number * GOLDEN_RATIO) >>> Long.numberOfLeadingZeros(slots.length - 1));
  }

  /** Forgets all numbers. */
  public void clear() {
    Arrays.fill(slots, 0);
    count = 0;
  }
}
