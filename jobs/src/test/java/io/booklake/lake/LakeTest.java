package io.booklake.lake;

import static io.booklake.lake.ReplaceScope.EVERYTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.booklake.lake.columnar.ColumnarWriter;
import io.booklake.lake.columnar.DataFile;
import io.booklake.model.TickerDay;
import io.booklake.spark.Spark;
import io.booklake.table.Column;
import io.booklake.table.ColumnType;
import io.booklake.table.Table;
import io.booklake.table.TableCatalog;
import io.delta.kernel.defaults.engine.DefaultEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are made, replaced and widened by commits that nobody else's commit disturbs. */
class LakeTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 3, 4);
  private static final LocalDate TUESDAY = LocalDate.of(2024, 3, 5);
  private static final int EVENTS = 5;

  /** A table like those of the catalog, as narrow as can be. */
  private static final Table PRICES = prices(1);

  /** The same without partitions, as tables are that are read and changed without Spark. */
  private static final Table FLAT = flat(PRICES);

  private static SparkSession spark;

  @TempDir private Path folder;
  private Lake lake;
  private Path path;

  @BeforeAll
  static void startSpark() {
    spark = LakeSessions.start();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void openALake() {
    // Most people have a space in a path somewhere.
    lake = new Lake(Spark.of(spark), folder.resolve("my lake").toString());
    path = folder.resolve("my lake/prices");
  }

  @Test
  void aNewTableIsWhatAnyDeltaReaderCanRead() throws IOException {
    lake.replace(PRICES, List.of(), ReplaceScope.NOTHING);
    lake.replace(PRICES, files(PRICES, 1, day("A", MONDAY)), ReplaceScope.NOTHING);

    JsonNode protocol = actions("protocol").get(0);
    assertThat(protocol).isEqualTo(json("{'minReaderVersion':1,'minWriterVersion':2}"));
    List<JsonNode> metadata = actions("metaData");
    JsonNode newest = metadata.get(metadata.size() - 1);
    assertThat(newest.get("description").asText()).isEqualTo(PRICES.comment());
    assertThat(newest.get("partitionColumns")).isEqualTo(json("['trade_date']"));
    assertThat(newest.get("configuration"))
        .isEqualTo(
            json(
                "{'delta.columnMapping.mode':'none','delta.enableDeletionVectors':'false',"
                    + "'delta.logRetentionDuration':'interval 36500 days',"
                    + "'delta.deletedFileRetentionDuration':'interval 36500 days',"
                    + "'delta.dataSkippingStatsColumns':'ticker,levels,event_index'}"));
    assertThat(lake.read("prices").schema()).isEqualTo(Schemas.of(PRICES.columns()));
    assertThat(lake.rows(PRICES)).hasSize(EVENTS);
  }

  @Test
  void everyTableOfTheCatalogCanBeMade() {
    for (Table table : TableCatalog.all()) {
      lake.replace(table, List.of(), ReplaceScope.NOTHING);

      assertThat(lake.has(table.name())).isTrue();
      assertThat(lake.read(table.name()).schema())
          .as(table.name())
          .isEqualTo(Schemas.of(table.columns()));
    }
  }

  @Test
  void aTableThatWasNeverWrittenIsNotThereAndHasNoRows() {
    assertThat(lake.has("prices")).isFalse();
    assertThat(lake.rows(PRICES)).isEmpty();
    assertThatThrownBy(() -> lake.version("prices")).hasMessageContaining("my lake/prices");
  }

  @Test
  void replacingATickerDayTakesItsFilesAndTouchesNoOther() throws IOException {
    for (TickerDay day :
        List.of(day("A", MONDAY), day("B", MONDAY), day("C", MONDAY), day("B", TUESDAY))) {
      lake.replace(PRICES, files(PRICES, 1, day), ReplaceScope.of(List.of(day)));
    }
    // Would fail if anything of a file that others fill were read.
    Set<String> others = Set.of("A 2024-03-04 1", "C 2024-03-04 1", "B 2024-03-05 1");

    lake.replace(
        PRICES, files(PRICES, 2, day("B", MONDAY)), ReplaceScope.of(List.of(day("B", MONDAY))));

    assertThat(actions("remove")).hasSize(1);
    assertThat(actions("add")).as("no file was written again").hasSize(5);
    assertThat(contents()).containsOnlyKeys(and(others, "B 2024-03-04 2"));
    assertThat(contents()).allSatisfy((day, rows) -> assertThat(rows).isEqualTo(EVENTS));
  }

  @Test
  void whatSharesAFileWithAReplacedTickerDayIsKeptWithEveryColumn() {
    Table wide = prices(3);
    lake.replace(
        wide,
        files(wide, 1, day("A", MONDAY), day("B", MONDAY), day("C", MONDAY)),
        ReplaceScope.NOTHING);
    List<String> before = lines("ticker <> 'B'");

    // Narrower than the table: what is written again must not be narrowed.
    lake.replace(
        PRICES, files(PRICES, 2, day("B", MONDAY)), ReplaceScope.of(List.of(day("B", MONDAY))));

    assertThat(lines("ticker <> 'B'")).isEqualTo(before);
    assertThat(contents()).containsOnlyKeys("A 2024-03-04 1", "B 2024-03-04 2", "C 2024-03-04 1");
    assertThat(lake.size("prices").files()).isEqualTo(2);
    assertThat(lake.size("prices").rows()).isEqualTo(3 * EVENTS);
  }

  @Test
  void aConditionIsAskedWhenTheRowsThatStayAreWritten() {
    lake.replace(
        PRICES, files(PRICES, 1, day("A", MONDAY), day("B", MONDAY)), ReplaceScope.NOTHING);
    List<Long> files = new ArrayList<>();

    lake.replace(
        PRICES, List.of(), ReplaceScope.of(List.of(day("B", MONDAY))), () -> files.add(onDisk()));

    assertThat(files).containsExactly(2L);
    assertThat(contents()).containsOnlyKeys("A 2024-03-04 1");
  }

  private long onDisk() {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(file -> file.toString().endsWith(".parquet"))
          .filter(file -> !file.toString().contains("_delta_log"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileWhoseRowsAreAllReplacedAlthoughItsStatisticsDoNotTellIsNotWrittenAgain() {
    List<TickerDay> days = List.of(day("A", MONDAY), day("B", MONDAY));
    lake.replace(PRICES, files(PRICES, 1, days.get(0), days.get(1)), ReplaceScope.NOTHING);

    lake.replace(PRICES, files(PRICES, 2, days.get(0)), ReplaceScope.of(days));

    assertThat(contents()).containsOnlyKeys("A 2024-03-04 2");
    assertThat(lake.size("prices").files()).isEqualTo(1);
  }

  @Test
  void aFileOfReplacedTickerDaysIsNotReadWhereItsRowGroupsTellThatTheyAreAll() throws IOException {
    List<TickerDay> days = List.of(day("A", MONDAY), day("B", MONDAY), day("C", MONDAY));
    Configuration configuration = spark.sessionState().newHadoopConf();
    String root = lake.path("prices");
    List<DataFile> packed;
    try (ColumnarWriter writer = new ColumnarWriter(PRICES, root, "packed", configuration)) {
      for (TickerDay day : days) {
        writer.write(RowWriter.batch(PRICES, rows(1, day)));
        writer.endRowGroup();
      }
      packed = writer.finish();
    }
    lake.replace(PRICES, packed, ReplaceScope.NOTHING);
    List<String> read = new ArrayList<>();
    Commit commit =
        commit(
            (table, files, scope) -> {
              files.forEach(file -> read.add(file.path()));
              return List.of();
            });

    commit.of(new Commit.Change(files(PRICES, 2, days.get(0)), ReplaceScope.of(days)), () -> {});

    assertThat(packed).hasSize(1);
    assertThat(read).isEmpty();
    assertThat(contents()).containsOnlyKeys("A 2024-03-04 2");

    lake.replace(PRICES, packed, ReplaceScope.NOTHING);
    commit.of(new Commit.Change(List.of(), ReplaceScope.of(days.subList(0, 2))), () -> {});

    assertThat(read).as("there is a C").hasSize(1);
  }

  @Test
  void onlyRowsThatHaveTheValuesOfTheScopeAreReplaced() {
    TickerDay day = day("A", MONDAY);
    lake.replace(PRICES, files(PRICES, 1, day), ReplaceScope.NOTHING);
    ReplaceScope firstTwo =
        ReplaceScope.of(List.of(day)).and(Map.of("event_index", Set.of(0L, 1L)));

    lake.replace(PRICES, write(PRICES, rows(2, day).subList(0, 1)), firstTwo);

    assertThat(contents()).isEqualTo(Map.of("A 2024-03-04 1", 3L, "A 2024-03-04 2", 1L));
    assertThat(lines("price_1 = 1"))
        .allSatisfy(line -> assertThat(line).doesNotContain("[0,", "[1,"));
  }

  @Test
  void rowsFromSparkAreWrittenInTheOrderOfTheTable() {
    Table table = PRICES;
    List<DataFile> drawn = files(table, 1, day("B", TUESDAY), day("B", MONDAY), day("A", MONDAY));
    lake.replace(table, drawn, ReplaceScope.NOTHING);
    Dataset<Row> shuffled = lake.read("prices").sort(org.apache.spark.sql.functions.rand(7));
    Lake other = new Lake(Spark.of(spark), folder.resolve("other").toString());

    other.replace(table, shuffled.coalesce(1), ReplaceScope.NOTHING);

    assertThat(other.size("prices").files()).as("one a date").isEqualTo(2);
    for (LocalDate date : List.of(MONDAY, TUESDAY)) {
      List<String> stored =
          spark
              .read()
              .parquet(folder.resolve("other/prices/trade_date=" + date).toString())
              .select("ticker", "levels", "event_index")
              .collectAsList()
              .stream()
              .map(Row::toString)
              .toList();
      assertThat(stored).isNotEmpty().isSorted();
    }
  }

  @Test
  void writersOfDifferentTickerDaysAllSucceed() throws Exception {
    int writers = 6;
    int commits = 4;
    // All in one file at first, so that each commit has survivors that others wait for.
    lake.replace(
        PRICES,
        files(
            PRICES,
            0,
            IntStream.range(0, writers)
                .mapToObj(writer -> day("T" + writer, MONDAY))
                .toArray(TickerDay[]::new)),
        ReplaceScope.NOTHING);

    concurrently(
        writers,
        writer -> {
          TickerDay day = day("T" + writer, MONDAY);
          for (int mark = 1; mark <= commits; mark++) {
            lake.replace(PRICES, files(PRICES, mark, day), ReplaceScope.of(List.of(day)));
          }
          return null;
        });

    Map<String, Long> expected = new TreeMap<>();
    for (int writer = 0; writer < writers; writer++) {
      expected.put("T" + writer + " 2024-03-04 " + commits, (long) EVENTS);
    }
    assertThat(contents()).isEqualTo(expected);
    assertThat(parquetFiles()).as("what was overtaken left nothing").hasSize(actions("add").size());
  }

  @Test
  void writersThatMakeATableTogetherAllSucceed() throws Exception {
    concurrently(
        6,
        writer ->
            lake.replace(
                PRICES, files(PRICES, 1, day("T" + writer, MONDAY)), ReplaceScope.NOTHING));

    assertThat(contents()).hasSize(6);
    assertThat(actions("protocol")).hasSize(1);
  }

  @Test
  void ofWritersOfOneTickerDayExactlyOneRemains() throws Exception {
    TickerDay day = day("A", MONDAY);
    lake.replace(PRICES, files(PRICES, 0, day("B", MONDAY)), ReplaceScope.NOTHING);

    List<Long> versions =
        concurrently(
            6,
            writer ->
                lake.replace(
                    PRICES, files(PRICES, 1 + writer, day), ReplaceScope.of(List.of(day))));

    assertThat(versions).doesNotHaveDuplicates();
    int last = versions.indexOf(versions.stream().max(Long::compare).orElseThrow());
    assertThat(contents()).containsOnlyKeys("A 2024-03-04 " + (1 + last), "B 2024-03-04 0");
  }

  @Test
  void changesThatDependOnTheRowsAreNotLost() throws Exception {
    TickerDay day = day("A", MONDAY);
    lake.replace(FLAT, write(FLAT, rows(0, day).subList(0, 1)), ReplaceScope.NOTHING);

    concurrently(
        5,
        writer -> {
          for (int i = 0; i < 5; i++) {
            lake.update(
                FLAT,
                rows -> {
                  Map<String, Object> row = new HashMap<>(rows.get(0));
                  row.merge("price_1", 1L, (old, one) -> (Long) old + (Long) one);
                  return new Rewrite(List.of(row), ReplaceScope.of(List.of(day)));
                });
          }
          return null;
        });

    assertThat(contents()).containsOnlyKeys("A 2024-03-04 25");
  }

  @Test
  void anUpdateKeepsTheRowsThatShareItsFile() {
    lake.replace(FLAT, files(FLAT, 1, day("A", MONDAY), day("B", MONDAY)), ReplaceScope.NOTHING);

    lake.update(
        FLAT,
        rows -> new Rewrite(rows(2, day("B", MONDAY)), ReplaceScope.of(List.of(day("B", MONDAY)))));

    assertThat(contents())
        .isEqualTo(Map.of("A 2024-03-04 1", (long) EVENTS, "B 2024-03-04 2", (long) EVENTS));
  }

  @Test
  void manyUpdatesMakeFewFilesAndLoseNoRow() {
    Table wide = flat(prices(3));
    lake.replace(wide, files(wide, 7, day("OLD", MONDAY)), ReplaceScope.NOTHING);
    for (int i = 0; i < 20; i++) {
      TickerDay day = day("T" + i, MONDAY);
      lake.update(FLAT, rows -> new Rewrite(rows(1, day), ReplaceScope.of(List.of(day))));
      assertThat(lake.size("prices").files()).isLessThanOrEqualTo(8);
    }

    assertThat(contents()).hasSize(21).containsEntry("OLD 2024-03-04 7", (long) EVENTS);
    assertThat(lake.rows(wide))
        .filteredOn(row -> row.get("ticker").equals("OLD"))
        .as("columns that the writer does not know stay")
        .extracting(row -> row.get("price_3"))
        .containsOnly(3L);
  }

  @Test
  void anUpdateTakesItsOldRowsOutOfTheFilesThatItJoins() {
    for (int i = 0; i < 8; i++) {
      TickerDay day = day("T" + i, MONDAY);
      lake.update(FLAT, rows -> new Rewrite(rows(1, day), ReplaceScope.of(List.of(day))));
    }
    TickerDay again = day("T3", MONDAY);

    lake.update(FLAT, rows -> new Rewrite(rows(2, again), ReplaceScope.of(List.of(again))));

    assertThat(lake.size("prices").files()).isEqualTo(1);
    assertThat(lake.size("prices").rows()).isEqualTo(8 * EVENTS);
    assertThat(contents()).containsKey("T3 2024-03-04 2").doesNotContainKey("T3 2024-03-04 1");
  }

  @Test
  void filesThatHoldNoRowsOfTheDatesWantedAreNotRead() {
    lake.replace(FLAT, files(FLAT, 1, day("A", MONDAY)), ReplaceScope.NOTHING);
    lake.replace(FLAT, files(FLAT, 1, day("B", MONDAY.plusDays(1))), ReplaceScope.NOTHING);

    assertThat(lake.rows(FLAT, new DateRange(MONDAY, MONDAY)))
        .extracting(row -> row.get("ticker"))
        .containsOnly("A");
    assertThat(lake.rows(FLAT, new DateRange(MONDAY.plusDays(1), null)))
        .extracting(row -> row.get("ticker"))
        .containsOnly("B");
  }

  @Test
  void anUpdateIsGivenNothingOfFilesThatCannotHoldTheRowsThatMatter() {
    lake.replace(FLAT, files(FLAT, 1, day("A", MONDAY)), ReplaceScope.NOTHING);
    lake.replace(FLAT, files(FLAT, 1, day("B", MONDAY)), ReplaceScope.NOTHING);
    ReplaceScope scope = ReplaceScope.of(List.of(day("B", MONDAY)));

    lake.update(
        FLAT,
        scope,
        rows -> {
          assertThat(rows).extracting(row -> row.get("ticker")).containsOnly("B");
          return new Rewrite(rows(2, day("B", MONDAY)), scope);
        });

    assertThat(contents())
        .isEqualTo(Map.of("A 2024-03-04 1", (long) EVENTS, "B 2024-03-04 2", (long) EVENTS));
  }

  @Test
  void aLargeFileIsNotWrittenAgainForAFewSmallOnes() {
    Map<String, Object> any = rows(0, day("OLD", MONDAY)).get(0);
    lake.replace(
        FLAT,
        write(
            FLAT,
            new Random(1)
                .longs(40_000)
                .mapToObj(
                    price -> {
                      Map<String, Object> row = new HashMap<>(any);
                      row.put("price_1", price);
                      return row;
                    })
                .toList()),
        ReplaceScope.NOTHING);
    List<String> large = lake.files("prices", lake.version("prices")).paths(EVERYTHING);
    for (int i = 0; i < 40; i++) {
      TickerDay day = day("T" + i, MONDAY);
      ReplaceScope scope = ReplaceScope.of(List.of(day));
      lake.update(FLAT, scope, rows -> new Rewrite(rows(1, day), scope));
    }

    assertThat(lake.files("prices", lake.version("prices")).paths(EVERYTHING))
        .containsAll(large)
        .hasSizeLessThan(16);
    assertThat(lake.size("prices").rows()).isEqualTo(40_000 + 40 * EVENTS);
    assertThat(contents())
        .containsEntry("T0 2024-03-04 1", (long) EVENTS)
        .containsEntry("T39 2024-03-04 1", (long) EVENTS);
  }

  @Test
  void whereNothingWouldChangeNothingIsCommitted() {
    lake.replace(PRICES, files(PRICES, 1, day("A", MONDAY)), ReplaceScope.NOTHING);
    long version = lake.version("prices");

    long same = lake.replace(PRICES, List.of(), ReplaceScope.of(List.of(day("B", MONDAY))));

    assertThat(same).isEqualTo(version);
    assertThat(lake.version("prices")).isEqualTo(version);
  }

  @Test
  void aCommitThatFailsLeavesTheTableAsItWasAndNoFiles() throws IOException {
    lake.replace(
        PRICES, files(PRICES, 1, day("A", MONDAY), day("B", MONDAY)), ReplaceScope.NOTHING);
    Map<String, Long> before = contents();
    List<Path> files = parquetFiles();
    Lake failing = lakeWith(FaultyLogStore.Fault.REFUSE);

    assertThatThrownBy(
            () ->
                failing.replace(
                    PRICES,
                    files(PRICES, 2, day("B", MONDAY)),
                    ReplaceScope.of(List.of(day("B", MONDAY)))))
        .hasStackTraceContaining(FaultyLogStore.WORDS);

    assertThat(contents()).isEqualTo(before);
    assertThat(parquetFiles()).isEqualTo(files);
  }

  @Test
  void aJobOfSparkThatFailsOnTheWayToACommitLeavesNoFiles() throws IOException {
    List<TickerDay> days = List.of(day("A", MONDAY), day("B", MONDAY));
    lake.replace(PRICES, files(PRICES, 1, days.get(0), days.get(1)), ReplaceScope.NOTHING);
    List<Path> files = parquetFiles();
    Commit commit =
        commit(
            (table, mixed, scope) -> {
              // As Scala does: without declaring it.
              throw LakeTest.<RuntimeException>undeclared(new SparkException("a task was lost"));
            });

    assertThatThrownBy(
            () ->
                commit.of(
                    new Commit.Change(
                        files(PRICES, 2, days.get(0)), ReplaceScope.of(days.subList(0, 1))),
                    () -> {}))
        .hasMessageContaining("a task was lost");

    assertThat(parquetFiles()).isEqualTo(files);
  }

  @Test
  void aConditionIsAskedAgainAfterSomebodyElsesCommitAndWhereItEndedNothingIsLeft()
      throws IOException {
    TickerDay day = day("A", MONDAY);
    ReplaceScope scope = ReplaceScope.of(List.of(day));
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(
            () ->
                lake.replace(
                    PRICES,
                    files(PRICES, 2, day),
                    scope,
                    () -> {
                      if (asked.incrementAndGet() > 1) {
                        throw new IllegalStateException("it ended");
                      }
                      lake.replace(PRICES, files(PRICES, 1, day), scope);
                    }))
        .hasMessage("it ended");

    assertThat(contents()).containsOnlyKeys("A 2024-03-04 1");
    assertThat(parquetFiles()).hasSize(1);
  }

  @Test
  void aCommitThatIsReportedAsFailedAlthoughItHappenedKeepsItsFiles() {
    // In one file, so that the commit has rows of B written again.
    lake.replace(
        PRICES, files(PRICES, 1, day("A", MONDAY), day("B", MONDAY)), ReplaceScope.NOTHING);
    Lake failing = lakeWith(FaultyLogStore.Fault.WRITE_AND_FAIL);

    Throwable failure =
        catchThrowable(
            () ->
                failing.replace(
                    PRICES,
                    files(PRICES, 2, day("A", MONDAY)),
                    ReplaceScope.of(List.of(day("A", MONDAY)))));

    assertThat(failure).hasStackTraceContaining(FaultyLogStore.WORDS);
    assertThat(contents())
        .isEqualTo(Map.of("A 2024-03-04 2", (long) EVENTS, "B 2024-03-04 1", (long) EVENTS));
  }

  @Test
  void aMoveThatIsReportedAsFailedAlthoughItHappenedKeepsItsFile() {
    TickerDay day = day("A", MONDAY);
    lake.replace(PRICES, files(PRICES, 1, day), ReplaceScope.NOTHING);
    Lake failing = lakeWith(FaultyLogStore.Fault.WRITE_AND_FAIL);

    assertThatThrownBy(() -> failing.move(PRICES, List.of(move(1, day))))
        .hasStackTraceContaining(FaultyLogStore.WORDS);

    assertThat(contents()).isEqualTo(Map.of("A 2024-03-04 1", (long) EVENTS));
  }

  @Test
  void aMoveThatFailsLeavesTheTableAsItWasAndNoFile() throws IOException {
    TickerDay day = day("A", MONDAY);
    lake.replace(PRICES, files(PRICES, 1, day), ReplaceScope.NOTHING);
    List<Path> files = parquetFiles();
    Lake failing = lakeWith(FaultyLogStore.Fault.REFUSE);

    assertThatThrownBy(() -> failing.move(PRICES, List.of(move(1, day))))
        .hasStackTraceContaining(FaultyLogStore.WORDS);

    assertThat(parquetFiles()).isEqualTo(files);
    assertThat(contents()).isEqualTo(Map.of("A 2024-03-04 1", (long) EVENTS));
  }

  @Test
  void aMoveOfRowsThatSomebodyReplacesMeanwhileIsGivenUpAndTheOthersAreDone() throws IOException {
    TickerDay a = day("A", MONDAY);
    TickerDay b = day("B", MONDAY);
    TickerDay c = day("C", MONDAY);
    for (TickerDay day : List.of(a, b, c)) {
      lake.replace(PRICES, files(PRICES, 1, day), ReplaceScope.NOTHING);
    }
    Commit.Move overtaken = move(1, a, b);
    Commit.Move undisturbed = move(1, c);
    Lake slow =
        FaultyLogStore.after(
            () -> lake.replace(PRICES, files(PRICES, 2, b), ReplaceScope.of(List.of(b))),
            () -> new Lake(Spark.of(spark), lake.root()));

    assertThat(slow.move(PRICES, List.of(overtaken, undisturbed))).containsExactly(undisturbed);

    assertThat(contents())
        .isEqualTo(
            Map.of(
                "A 2024-03-04 1",
                (long) EVENTS,
                "B 2024-03-04 2",
                (long) EVENTS,
                "C 2024-03-04 1",
                (long) EVENTS));
    assertThat(path.resolve(overtaken.to().path())).doesNotExist();
    assertThat(actions("add").stream().filter(add -> !add.get("dataChange").asBoolean()))
        .as("the file of C, once")
        .hasSize(1);
    assertThat(actions("remove").stream().filter(remove -> !remove.get("dataChange").asBoolean()))
        .hasSize(1);
  }

  /** From the files that the newest version has of ticker-days, one each, to a new one. */
  private Commit.Move move(long mark, TickerDay... days) {
    List<String> from =
        lake.files("prices", lake.version("prices")).paths(ReplaceScope.of(List.of(days)));
    return new Commit.Move(Set.copyOf(from), files(PRICES, mark, days).get(0));
  }

  @Test
  void anUpdateThatIsOvertakenOrFailsLeavesNoFilesOfThatTry() throws IOException {
    TickerDay day = day("A", MONDAY);
    lake.update(FLAT, known -> new Rewrite(rows(1, day), ReplaceScope.NOTHING));
    Function<List<Map<String, Object>>, Rewrite> change =
        known -> new Rewrite(rows(known.size(), day), ReplaceScope.of(List.of(day)));
    Lake slow =
        FaultyLogStore.after(
            () -> lake.update(FLAT, change), () -> new Lake(Spark.of(spark), lake.root()));

    slow.update(FLAT, change);

    assertThat(parquetFiles()).as("three commits").hasSize(3);
    Lake failing = lakeWith(FaultyLogStore.Fault.REFUSE);
    assertThatThrownBy(() -> failing.update(FLAT, change))
        .hasStackTraceContaining(FaultyLogStore.WORDS);
    assertThat(parquetFiles()).hasSize(3);
    Lake unsure = lakeWith(FaultyLogStore.Fault.WRITE_AND_FAIL);
    assertThatThrownBy(() -> unsure.update(FLAT, change))
        .hasStackTraceContaining(FaultyLogStore.WORDS);
    assertThat(contents()).isEqualTo(Map.of("A 2024-03-04 " + EVENTS, (long) EVENTS));
  }

  @Test
  void aWriterThatIsAlwaysOvertakenGivesUpAndSaysWhy() throws IOException {
    lake.replace(PRICES, files(PRICES, 1, day("A", MONDAY)), ReplaceScope.NOTHING);
    List<Path> files = parquetFiles();
    Lake slow = lakeWith(FaultyLogStore.Fault.OVERTAKE);

    assertThatThrownBy(
            () -> slow.replace(PRICES, files(PRICES, 2, day("A", MONDAY)), ReplaceScope.NOTHING))
        .hasMessageContaining("prices")
        .hasMessageContaining("other writers were faster")
        .hasMessageContaining("run fewer jobs");

    assertThat(parquetFiles()).isEqualTo(files);
  }

  @Test
  void rowsThatADeletionVectorDeletedNeverComeBackAndTheirFileCountsAsNamed() {
    lake.replace(PRICES, files(PRICES, 1, day("A", MONDAY)), ReplaceScope.NOTHING);
    String table = "delta.`" + path + "`";
    spark.sql(
        "ALTER TABLE " + table + " SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    spark.sql("DELETE FROM " + table + " WHERE event_index = 1");

    assertThatThrownBy(() -> lake.rows(PRICES))
        .hasMessageContaining("deletion vector")
        .hasMessageContaining("APPLY (PURGE)");
    assertThatThrownBy(
            () ->
                lake.replace(
                    PRICES,
                    files(PRICES, 2, day("B", MONDAY)),
                    ReplaceScope.of(List.of(day("B", MONDAY)))))
        .hasMessageContaining("deletion vector");
    assertThat(
            FileHistory.read(DefaultEngine.create(new Configuration()), lake.path(PRICES.name()))
                .newestFiles())
        .hasSize(1);
  }

  @Test
  void newColumnsStandAtTheEndAndAreNullInOlderRows() {
    TickerDay narrow = day("A", MONDAY);
    TickerDay deep = day("B", MONDAY);
    lake.replace(PRICES, files(PRICES, 1, narrow), ReplaceScope.NOTHING);
    long before = lake.version("prices");
    Table wide = prices(3);

    lake.replace(wide, files(wide, 1, deep), ReplaceScope.of(List.of(deep)));
    lake.replace(PRICES, files(PRICES, 2, narrow), ReplaceScope.of(List.of(narrow)));

    assertThat(lake.read("prices").schema()).isEqualTo(Schemas.of(wide.columns()));
    assertThat(lake.read("prices").where("ticker = 'A' AND price_3 IS NULL").count())
        .isEqualTo(EVENTS);
    assertThat(lake.read("prices").where("ticker = 'B' AND price_3 = 3").count()).isEqualTo(EVENTS);
    assertThat(lake.read("prices", before, EVERYTHING).schema().catalogString())
        .isEqualTo(Schemas.of(PRICES.columns()).catalogString());
  }

  @Test
  void aTableThatDiffersByMoreThanNewColumnsIsLeftAsItIs() throws IOException {
    TickerDay day = day("A", MONDAY);
    lake.replace(PRICES, files(PRICES, 1, day), ReplaceScope.NOTHING);
    long version = lake.version("prices");
    List<Path> files = parquetFiles();
    Column text = new Column("price_1", ColumnType.STRING, "1/10,000 USD");
    Column loud = new Column("PRICE_1", ColumnType.LONG, "1/10,000 USD");

    assertRefused(prices(PRICES.partitionColumns(), text), "'price_1' of type long");
    assertRefused(prices(PRICES.partitionColumns(), loud), "expected 'PRICE_1' of type long");
    assertRefused(prices(List.of(), PRICES.columns().get(4)), "is partitioned by [trade_date]");

    assertThat(lake.version("prices")).isEqualTo(version);
    assertThat(parquetFiles()).isEqualTo(files);
  }

  /** Neither new files nor changed rows get into the table. */
  private void assertRefused(Table other, String words) {
    assertThatThrownBy(
            () -> lake.replace(other, files(PRICES, 2, day("B", MONDAY)), ReplaceScope.NOTHING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(words);
    assertThatThrownBy(() -> lake.update(other, rows -> new Rewrite(List.of(), EVERYTHING)))
        .hasMessageContaining(words);
  }

  @Test
  void pathsInTheLogAreRelativeAndEncoded() throws IOException {
    DataFile plain = files(PRICES, 1, day("A", MONDAY)).get(0);
    DataFile moved = PlainTable.moved(path, plain, "trade_date=2024-03-04/a b%20ü.parquet");

    lake.replace(PRICES, List.of(moved), ReplaceScope.NOTHING);

    assertThat(actions("add").get(0).get("path").asText())
        .isEqualTo("trade_date=2024-03-04/a%20b%2520%C3%BC.parquet");
    assertThat(contents()).containsOnlyKeys("A 2024-03-04 1");
    assertThat(lake.rows(PRICES)).hasSize(EVENTS);

    lake.replace(
        PRICES,
        List.of(),
        ReplaceScope.of(List.of(day("A", MONDAY))).and(Map.of("event_index", Set.of(0L))));

    assertThat(contents()).containsValue(EVENTS - 1L);
  }

  @Test
  void statisticsInTheLogAreThoseOfTheRows() throws IOException {
    lake.replace(
        PRICES, files(PRICES, 1, day("A", MONDAY), day("BRK.B", MONDAY)), ReplaceScope.NOTHING);

    JsonNode add = actions("add").get(0);

    assertThat(add.get("partitionValues")).isEqualTo(json("{'trade_date':'2024-03-04'}"));
    assertThat(add.get("dataChange").asBoolean()).isTrue();
    assertThat(add.get("size").asLong()).isEqualTo(Files.size(parquetFiles().get(0)));
    assertThat(json(add.get("stats").asText()))
        .isEqualTo(
            json(
                "{'numRecords':10,"
                    + "'minValues':{'ticker':'A','levels':1,'event_index':0},"
                    + "'maxValues':{'ticker':'BRK.B','levels':1,'event_index':4},"
                    + "'nullCount':{'ticker':0,'levels':0,'event_index':0}}"));
  }

  @Test
  void everyTenthVersionIsACheckpointAndEveryVersionKeepsItsRows() throws IOException {
    Map<Long, Integer> marks = new TreeMap<>();
    TickerDay day = day("A", MONDAY);
    for (int mark = 1; mark <= 23; mark++) {
      marks.put(
          lake.replace(PRICES, files(PRICES, mark, day), ReplaceScope.of(List.of(day))), mark);
    }

    try (Stream<Path> log = Files.list(path.resolve("_delta_log"))) {
      assertThat(log.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".parquet"))
          .containsExactlyInAnyOrder(
              "00000000000000000010.checkpoint.parquet", "00000000000000000020.checkpoint.parquet");
    }
    for (long version : List.of(1L, 9L, 10L, 11L, lake.version("prices"))) {
      assertThat(marksInSpark(version)).isEqualTo(List.of(marks.get(version)));
    }
    assertThat(lake.rows(PRICES)).extracting(row -> row.get("price_1")).containsOnly(23L);
  }

  @Test
  void aCheckpointThatCannotBeNotedTakesNothingFromItsCommit() {
    Lake failing = lakeWith(FaultyLogStore.Fault.REFUSE_CHECKPOINT_NOTE);
    TickerDay day = day("A", MONDAY);
    for (int mark = 1; mark <= 10; mark++) {
      failing.replace(PRICES, files(PRICES, mark, day), ReplaceScope.of(List.of(day)));
    }

    assertThat(lake.version(PRICES.name())).isEqualTo(10);
    assertThat(contents()).isEqualTo(Map.of("A 2024-03-04 10", (long) EVENTS));
    assertThat(path.resolve("_delta_log/00000000000000000010.checkpoint.parquet")).exists();
    assertThat(path.resolve("_delta_log/_last_checkpoint")).as("it did fail").doesNotExist();
  }

  @Test
  void theSizeOfATableIsThatOfItsNewestVersion() throws IOException {
    lake.replace(PRICES, files(PRICES, 1, day("A", MONDAY)), ReplaceScope.NOTHING);
    long version =
        lake.replace(
            PRICES, files(PRICES, 2, day("A", MONDAY)), ReplaceScope.of(List.of(day("A", MONDAY))));

    JsonNode newest = actions("add").get(1);
    assertThat(lake.size("prices"))
        .isEqualTo(new TableSize(version, EVENTS, 1, newest.get("size").asLong()));
  }

  private Commit commit(Survivors survivors) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    String root = lake.path("prices");
    return new Commit(
        new CommitLog(DefaultEngine.create(configuration), root),
        PRICES,
        root,
        configuration,
        survivors,
        Set::of);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E undeclared(Throwable failure) throws E {
    throw (E) failure;
  }

  private static Table prices(int levels) {
    List<Column> columns = new ArrayList<>(TableCatalog.KEY);
    columns.add(new Column("event_index", ColumnType.LONG, "Position"));
    for (int level = 1; level <= levels; level++) {
      columns.add(new Column("price_" + level, ColumnType.LONG, "1/10,000 USD"));
    }
    return new Table(
        "prices",
        "event",
        "Prices for a test",
        columns,
        List.of("trade_date"),
        List.of("ticker", "levels", "event_index"),
        List.of("trade_date", "ticker", "levels", "event_index"));
  }

  private static Table flat(Table table) {
    return new Table(
        table.name(),
        table.rowPer(),
        table.comment(),
        table.columns(),
        List.of(),
        TableCatalog.KEY.stream().map(Column::name).toList(),
        table.statisticsColumns());
  }

  /** Prices with another column of them, and another layout. */
  private static Table prices(List<String> partitionColumns, Column price) {
    List<Column> columns = new ArrayList<>(PRICES.columns().subList(0, 4));
    columns.add(price);
    return new Table(
        PRICES.name(),
        PRICES.rowPer(),
        PRICES.comment(),
        columns,
        partitionColumns,
        PRICES.sortColumns(),
        PRICES.statisticsColumns());
  }

  private static TickerDay day(String ticker, LocalDate date) {
    return new TickerDay(date, ticker, 1);
  }

  /** Rows of one ticker-day that bear a mark by which they are known again. */
  private static List<Map<String, Object>> rows(long mark, TickerDay day) {
    return LongStream.range(0, EVENTS)
        .mapToObj(
            index ->
                Map.<String, Object>of(
                    "trade_date",
                    day.tradeDate(),
                    "ticker",
                    day.ticker(),
                    "levels",
                    day.levels(),
                    "event_index",
                    index,
                    "price_1",
                    mark,
                    "price_3",
                    3L))
        .toList();
  }

  private List<DataFile> files(Table table, long mark, TickerDay... days) {
    return write(table, Stream.of(days).flatMap(day -> rows(mark, day).stream()).toList());
  }

  private List<DataFile> write(Table table, List<Map<String, Object>> rows) {
    return new RowWriter(spark.sessionState().newHadoopConf())
        .write(table, lake.path("prices"), rows);
  }

  private Lake lakeWith(FaultyLogStore.Fault fault) {
    return FaultyLogStore.with(fault, () -> new Lake(Spark.of(spark), lake.root()));
  }

  private static Set<String> and(Set<String> some, String one) {
    return Stream.concat(some.stream(), Stream.of(one)).collect(Collectors.toSet());
  }

  /** How many rows there are of each ticker, date and mark. */
  private Map<String, Long> contents() {
    return lake
        .read("prices")
        .selectExpr("concat_ws(' ', ticker, trade_date, price_1)")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  private List<Integer> marksInSpark(long version) {
    return lake.read("prices", version, EVERYTHING)
        .selectExpr("cast(price_1 AS int)")
        .distinct()
        .as(Encoders.INT())
        .collectAsList();
  }

  private List<String> lines(String condition) {
    return lake
        .read("prices")
        .where(condition)
        .selectExpr("event_index", "*")
        .sort("ticker", "event_index")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  /** All actions of a kind in the log, oldest first. */
  private List<JsonNode> actions(String kind) throws IOException {
    List<JsonNode> actions = new ArrayList<>();
    try (Stream<Path> log = Files.list(path.resolve("_delta_log"))) {
      for (Path commit :
          log.filter(file -> file.getFileName().toString().matches("\\d+\\.json"))
              .sorted()
              .toList()) {
        for (String line : Files.readAllLines(commit)) {
          JsonNode action = new ObjectMapper().readTree(line).get(kind);
          if (action != null) {
            actions.add(action);
          }
        }
      }
    }
    return actions;
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private List<Path> parquetFiles() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .filter(file -> !file.toString().contains("_delta_log"))
          .sorted()
          .toList();
    }
  }

  private interface Writer<T> {
    T write(int number) throws Exception;
  }

  /** What each of some writers gives that begin at the same moment. */
  private static <T> List<T> concurrently(int writers, Writer<T> writer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      CyclicBarrier start = new CyclicBarrier(writers);
      List<Callable<T>> work = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int number = i;
        work.add(
            () -> {
              start.await();
              return writer.write(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(work)) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
