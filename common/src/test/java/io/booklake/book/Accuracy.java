package io.booklake.book;

/** How many of the orders that were named are true. */
final class Accuracy {
  long proven;
  long provenWrong;
  long probable;
  long probableWrong;
  long misplaced;
  long sizeWrong;
  long publishedShares;
  long trueShares;

  void add(Accuracy other) {
    proven += other.proven;
    provenWrong += other.provenWrong;
    probable += other.probable;
    probableWrong += other.probableWrong;
    misplaced += other.misplaced;
    sizeWrong += other.sizeWrong;
    publishedShares += other.publishedShares;
    trueShares += other.trueShares;
  }

  double probablePrecision() {
    return 1 - (double) probableWrong / probable;
  }

  @Override
  public String toString() {
    return "proven "
        + proven
        + " (wrong "
        + provenWrong
        + "), probable "
        + probable
        + " (wrong "
        + probableWrong
        + "), misplaced "
        + misplaced
        + ", size wrong "
        + sizeWrong
        + ", recall "
        + (double) trueShares / publishedShares;
  }
}
