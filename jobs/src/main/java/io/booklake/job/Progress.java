package io.booklake.job;

/** What the user sees while a job works. */
public interface Progress {

  /** Shows nothing: for tests and for programs that call jobs. */
  Progress SILENT =
      (what, total, unit) ->
          new Step() {
            @Override
            public void advance(long count) {}

            @Override
            public void note(String text) {}

            @Override
            public void close() {}
          };

  /**
   * Begins a step of known size.
   *
   * @param what two or three words
   * @param total how much there is to do
   * @param unit of the count, in the plural
   */
  Step begin(String what, long total, String unit);

  /** One step, which ends when it is closed. */
  interface Step extends AutoCloseable {
    /** So much more is done; negative where something must be done again. */
    void advance(long count);

    /** A few words behind the bar, in place of those before. */
    void note(String text);

    @Override
    void close();
  }
}
