package io.booklake.job;

import io.booklake.lake.RunLog;
import io.booklake.lake.StepFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Does several jobs one after the other, for one batch of ticker-days after the other, and gives
 * account of them: in the table {@code runs}, and in files for programs. Which jobs it does not
 * know.
 */
public final class StepsJob {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Run run;
  private final List<Selection> batches;
  private final Map<String, Function<Run, Report>> steps;
  private final CompleteFile report;
  private final CompleteFile metrics;
  private final List<RunLog.Step> done = new ArrayList<>();
  private final List<List<Object>> rows = new ArrayList<>();
  private int noted;
  private boolean partlyFailed;

  /**
   * A job of a run.
   *
   * @param batches the parts of the run's selection, each of which goes through all steps before
   *     the next begins
   * @param steps by their names on the command line, in their order
   * @param report where the account goes as JSON; null for nowhere
   * @param metrics where it goes in Prometheus's text format; null for nowhere
   * @throws InvalidInputException if one of them lies in no folder
   */
  public StepsJob(
      Run run,
      List<Selection> batches,
      Map<String, Function<Run, Report>> steps,
      Path report,
      Path metrics) {
    this.run = run;
    this.batches = batches;
    this.steps = steps;
    this.report = report == null ? null : new CompleteFile("--report", report);
    this.metrics = metrics == null ? null : new CompleteFile("--metrics", metrics);
  }

  /**
   * Does them. One that fails as a whole ends the run; the account is given all the same.
   *
   * @return a row per batch and step
   */
  public Report execute() {
    Instant startedAt = Instant.now();
    long started = System.nanoTime();
    try {
      for (Selection batch : batches) {
        Run part = run.of(batch);
        steps.forEach((name, step) -> take(name, step, part));
        // Of a run over months that is killed it is known what it did.
        note();
      }
    } catch (Throwable e) { // that of an error too, such as out of memory, and it is passed on
      try {
        giveAccount(startedAt, seconds(started));
      } catch (RuntimeException | IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    double seconds = seconds(started);
    try {
      giveAccount(startedAt, seconds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Report(
        "run " + run.id() + " in " + run.settings().lake() + ": " + rounded(seconds) + " s",
        List.of("step", "state", "seconds", "what"),
        rows,
        partlyFailed);
  }

  private void take(String name, Function<Run, Report> step, Run part) {
    Instant startedAt = Instant.now();
    long started = System.nanoTime();
    try {
      Report result = step.apply(part);
      double seconds = seconds(started);
      RunLog.Outcome outcome =
          result.partlyFailed() ? RunLog.Outcome.PARTLY_FAILED : RunLog.Outcome.DONE;
      partlyFailed |= result.partlyFailed();
      done.add(new RunLog.Step(name, startedAt, seconds, result.figures(), outcome, null));
      String dates = batches.size() > 1 ? part.selection().dates() + ": " : "";
      rows.add(List.of(name, outcome.words(), rounded(seconds), dates + result.title()));
    } catch (Throwable e) { // see above
      done.add(
          new RunLog.Step(
              name,
              startedAt,
              seconds(started),
              StepFigures.NONE,
              RunLog.Outcome.FAILED,
              ErrorText.of(e)));
      throw e;
    }
  }

  private void giveAccount(Instant startedAt, double seconds) throws IOException {
    var account =
        new RunAccount(
            run.id(),
            ErrorText.masked(run.lake().root()),
            startedAt,
            seconds,
            Run.softwareVersion(),
            run.settings().hash(),
            done);
    if (report != null) {
      report.write(account.json());
    }
    if (metrics != null) {
      metrics.write(account.metrics());
    }
    // Last: where the lake is out of reach the files tell of it.
    note();
  }

  private void note() {
    List<RunLog.Step> fresh = List.copyOf(done.subList(noted, done.size()));
    new RunLog(run.lake()).add(fresh, run.id(), Run.softwareVersion(), run.settings().hash());
    noted = done.size();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / NANOS_PER_SECOND;
  }

  private static BigDecimal rounded(double seconds) {
    return BigDecimal.valueOf(seconds).setScale(1, RoundingMode.HALF_UP);
  }
}
