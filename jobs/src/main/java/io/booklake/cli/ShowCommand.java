package io.booklake.cli;

import io.booklake.job.Report;
import io.booklake.job.ShowBookJob;
import io.booklake.job.ShowJob;
import io.booklake.read.DayReader;
import io.booklake.read.RowQuery;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print published rows of the lake.",
    footer = {
      "",
      "Examples:",
      "  booklake show ticker-days --lake /data/lake",
      "  booklake show messages --lake /data/lake --ticker GOOG --date 2012-06-21 \\",
      "      --index 100..110",
      "  booklake show candles --lake /data/lake --ticker GOOG --spec time:1m",
      "  booklake show candles --lake /data/lake --limit 5 --format json",
      "  booklake show ticker-days --lake /data/lake --columns ticker,mbo_row_count",
      "  booklake show book --lake /data/lake --ticker GOOG --levels 10 --index 70000",
      "  booklake show quarantine --lake /data/lake --format csv"
    })
final class ShowCommand implements Callable<Integer> {
  private static final String BOOK = "book";
  private static final Pattern INDEX = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18})?)?");

  @Spec private CommandSpec command;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "WHAT",
      description =
          "ticker-days, messages, depth, book, trades, mbo, book-snapshots, orders, candles,"
              + " volume-profile, depth-metrics, quarantine or runs.")
  private String what;

  @Option(
      names = "--index",
      paramLabel = "I..J",
      defaultValue = "0..",
      description =
          "Only rows of events I to J, inclusive; I alone for one event. The book is shown after I.")
  private String index;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Maximum number of rows, or of orders per level of the book (default ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only these columns, or all. Default: all, but of wide tables as a table the most useful.")
  private List<String> columns = List.of();

  @Option(
      names = "--spec",
      paramLabel = "SPEC",
      description =
          "Only this bar, window or grid of candles, volume-profile or depth-metrics, such as"
              + " time:1m.")
  private String spec;

  @Override
  public Integer call() throws IOException {
    LakeOptions.notNegative("--limit", limit);
    boolean book = what.equals(BOOK);
    Optional<Table> table = TableCatalog.named(what);
    if (table.isEmpty() && !book) {
      List<String> known =
          Stream.concat(TableCatalog.all().stream().map(Table::word), Stream.of(BOOK))
              .sorted()
              .toList();
      throw wrong(
          "cannot show '" + what + "', expected one of " + known + Nearest.hint(what, known));
    }
    Matcher range = INDEX.matcher(index);
    if (!range.matches()) {
      throw wrong("--index: found '" + index + "', expected 100 or 100..110 or 100..");
    }
    if (spec != null && (book || !DayReader.hasSpecs(table.orElseThrow().name()))) {
      throw wrong(
          "--spec: found it with "
              + what
              + ", expected with candles, volume-profile or depth-metrics alone");
    }
    long first = Long.parseLong(range.group(1));
    String lake = common.settings().lake();
    if (book) {
      if (range.group(2) != null) {
        throw wrong(
            "--index: found '" + index + "', expected one event: the book is that after it");
      }
      if (!columns.isEmpty()
          && !columns.equals(List.of(ShownColumns.ALL))
          && common.format() == OutputFormat.TABLE) {
        throw wrong("--columns: found it with a drawn book, expected with --format json or csv");
      }
      return showBook(lake, first);
    }
    long last =
        index.contains("..")
            ? (range.group(2) == null ? Long.MAX_VALUE : Long.parseLong(range.group(2)))
            : first;
    if (last < first) {
      throw wrong("--index: " + last + " is before " + first);
    }
    String name = table.orElseThrow().name();
    Report all =
        new ShowJob(
                lake,
                HadoopSettings.configuration(),
                common.selection(),
                RowQuery.of(name).between(first, last).spec(spec),
                limit)
            .execute();
    return common.print(
        columns.isEmpty() && common.format() == OutputFormat.TABLE
            ? ShownColumns.forPeople(all, name)
            : asked(all));
  }

  private Report asked(Report all) {
    return columns.isEmpty() ? all : ShownColumns.asked(all, columns);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private int showBook(String lake, long eventIndex) throws IOException {
    ShowBookJob.Shown shown =
        new ShowBookJob(lake, HadoopSettings.configuration(), common.selection(), eventIndex)
            .execute();
    if (common.format() != OutputFormat.TABLE) {
      return common.print(asked(ShowBookJob.report(shown, limit)));
    }
    BookLadder.print(shown, limit, common.out());
    return Main.DONE;
  }
}
