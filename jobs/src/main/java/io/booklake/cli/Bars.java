package io.booklake.cli;

import io.booklake.job.Progress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.utils.Signals;

/**
 * Progress bars on standard error where a person looks at it; silence in a log file. The launcher
 * says whether it is a terminal; where there was no launcher, Java knows of both streams together.
 */
final class Bars {
  private static final String CTRL_C = "INT";

  private Bars() {}

  /** Looked for before there is a bar. */
  private static final class Interrupt {
    /** What the JVM does about Ctrl+C: it ends by its shutdown hooks. */
    static final Object OF_JVM = ofJvm();

    private static Object ofJvm() {
      Object handler = Signals.registerDefault(CTRL_C);
      Signals.unregister(CTRL_C, handler);
      return handler;
    }
  }

  static Progress progress() {
    return areShown() ? Bars::bar : Progress.SILENT;
  }

  // On Java 17, the only one booklake runs on, there is no console where output is redirected.
  @SuppressWarnings("SystemConsoleNull")
  static boolean areShown() {
    return Boolean.getBoolean("booklake.terminal") || System.console() != null;
  }

  private static Progress.Step bar(String what, long total, String unit) {
    Object onInterrupt = Interrupt.OF_JVM;
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
    // The first bar opens the terminal, and that leaves Ctrl+C to the system: no hook would run.
    Signals.unregister(CTRL_C, onInterrupt);
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
