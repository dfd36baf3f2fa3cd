package io.booklake.book;

import java.util.Locale;

/** How many of the orders that were named are true. */
final class Accuracy {
  long proven;
  long provenWrong;
  long probable;
  long probableWrong;
  long misplaced;
  long inSight;
  long sizeWrongInSight;
  long outOfSight;
  long sizeWrongOutOfSight;
  long publishedShares;
  long trueShares;

  void add(Accuracy other) {
    proven += other.proven;
    provenWrong += other.provenWrong;
    probable += other.probable;
    probableWrong += other.probableWrong;
    misplaced += other.misplaced;
    inSight += other.inSight;
    sizeWrongInSight += other.sizeWrongInSight;
    outOfSight += other.outOfSight;
    sizeWrongOutOfSight += other.sizeWrongOutOfSight;
    publishedShares += other.publishedShares;
    trueShares += other.trueShares;
  }

  double sizeTrueInSight() {
    return 1 - (double) sizeWrongInSight / inSight;
  }

  /** A row of the table in docs/fidelity.md. */
  String row() {
    return String.format(
        Locale.ROOT,
        "%.4f %% of %,d | %.2f %% of %,d | %,d | %.3f %% of %,d | %.2f %% of %,d | %.2f %% |",
        100 * (1 - (double) provenWrong / proven),
        proven,
        100 * (1 - (double) probableWrong / probable),
        probable,
        misplaced,
        100 * sizeTrueInSight(),
        inSight,
        100 * (1 - (double) sizeWrongOutOfSight / outOfSight),
        outOfSight,
        100 * (double) trueShares / publishedShares);
  }
}
