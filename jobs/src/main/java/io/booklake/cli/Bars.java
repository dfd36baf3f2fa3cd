package io.booklake.cli;

import io.booklake.job.Progress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress bars on standard error where a person looks at it; silence in a log file. The launcher
 * says whether it is a terminal; where there was no launcher, Java knows of both streams together.
 */
final class Bars {
  private Bars() {}

  static Progress progress() {
    return areShown() ? Bars::bar : Progress.SILENT;
  }

  // On Java 17, the only one booklake runs on, there is no console where output is redirected.
  @SuppressWarnings("SystemConsoleNull")
  static boolean areShown() {
    return Boolean.getBoolean("booklake.terminal") || System.console() != null;
  }

  private static Progress.Step bar(String what, long total, String unit) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .setSpeedUnit(ChronoUnit.SECONDS)
            .setEtaFunction(
                state ->
                    state.getCurrent() == 0
                        ? java.util.Optional.empty()
                        : java.util.Optional.of(
                            Duration.ofMillis(
                                state.getElapsedAfterStart().toMillis()
                                    * Math.max(0, state.getMax() - state.getCurrent())
                                    / state.getCurrent())))
            .build();
    return new Progress.Step() {
      @Override
      public void advance(long count) {
        // More than the whole would make the bar longer.
        bar.stepTo(Math.max(0, Math.min(total, bar.getCurrent() + count)));
      }

      @Override
      public void note(String text) {
        bar.setExtraMessage(" " + text);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
