package io.booklake.book;

/** The ends of a doubly linked list of order slots; the links are columns of {@link OrderTable}. */
final class OrderList {
  int head = OrderTable.NONE;
  int tail = OrderTable.NONE;

  boolean isEmpty() {
    return head == OrderTable.NONE;
  }
}
