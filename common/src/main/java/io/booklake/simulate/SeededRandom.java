package io.booklake.simulate;

/**
 * The one source of chance of a simulated day.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: <i>Fast splittable pseudorandom number generators</i>, 2014),
 * written out because the JDK does not promise that bounded draws of its generators stay the same
 * from release to release, and simulated files must.
 */
final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final int QUANTILES = 4096;
  private static final double[] EXPONENTIAL = exponentialQuantiles();

  private long state;

  SeededRandom(long seed) {
    state = seed;
  }

  /** A seed that depends on all bits of both: for streams derived from one seed. */
  static long derive(long seed, long salt) {
    return mix(mix(seed + GOLDEN_GAMMA) ^ mix(salt - GOLDEN_GAMMA));
  }

  /** Uniform over 0 to {@code bound} - 1; the bias is below bound / 2^32. */
  int below(int bound) {
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /** True once in {@code many} draws on average. */
  boolean oneIn(int many) {
    return below(many) == 0;
  }

  /** 1 or -1. */
  int sign() {
    return bits() < 0 ? -1 : 1;
  }

  /** Exponential with mean 1, in 4,096 steps: fast, and the same on every machine. */
  double exponential() {
    return EXPONENTIAL[(int) (bits() >>> 52)];
  }

  /** 64 random bits. */
  long bits() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  private static double[] exponentialQuantiles() {
    double[] quantiles = new double[QUANTILES];
    for (int i = 0; i < QUANTILES; i++) {
      quantiles[i] = -StrictMath.log((i + 0.5) / QUANTILES);
    }
    return quantiles;
  }
}
