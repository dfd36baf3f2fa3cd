package io.booklake.lake.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.table.ColumnBatch;
import io.booklake.table.ColumnRange;
import io.booklake.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by columns, as Spark, DuckDB and parquet-java read them. */
class ColumnarWriterTest {
  private static SparkSession spark;

  @TempDir private Path root;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private ColumnarWriter writer(Table table) throws IOException {
    return new ColumnarWriter(table, root.toUri().toString(), "00000", new Configuration());
  }

  private List<DataFile> write(Table table, List<List<Object>> rows, int batchRows)
      throws IOException {
    try (ColumnarWriter writer = writer(table)) {
      for (ColumnBatch batch : EveryType.batches(table, rows, batchRows)) {
        writer.write(batch);
      }
      return writer.finish();
    }
  }

  private List<String> paths(List<DataFile> files) {
    return files.stream().map(file -> root.resolve(file.path()).toString()).toList();
  }

  private List<Path> filesOnDisk() throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private void assertReadBackAs(List<List<Object>> rows, Table table, List<DataFile> files)
      throws Exception {
    assertThat(files.stream().mapToLong(DataFile::rows).sum()).isEqualTo(rows.size());
    assertThat(Readers.parquetJava(table, paths(files))).isEqualTo(rows);
    assertThat(Readers.spark(spark, table, paths(files))).isEqualTo(rows);
    assertThat(Readers.duckdb(table, paths(files))).isEqualTo(rows);
  }

  @Test
  void everyTypeIsReadBackByEveryReader() throws Exception {
    List<List<Object>> rows = EveryType.extremes();
    assertReadBackAs(
        rows, EveryType.UNPARTITIONED, write(EveryType.UNPARTITIONED, rows, rows.size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1024, 2000, 5000})
  void theSizeOfBatchesDoesNotShow(int batchRows) throws Exception {
    List<List<Object>> rows = EveryType.random(4, 6001);
    List<DataFile> files = write(EveryType.TABLE, rows, batchRows);
    assertReadBackAs(EveryType.withoutDate(rows), EveryType.TABLE, files);
    List<DataFile> others = write(EveryType.TABLE, rows, 6001);
    assertThat(Files.readAllBytes(Path.of(paths(files).get(0))))
        .isEqualTo(Files.readAllBytes(Path.of(paths(others).get(0))));
  }

  @Test
  void rowGroupsOfNullsAloneAreReadBackBeforeAndAfterOthers() throws Exception {
    List<List<Object>> nulls = EveryType.extremes();
    nulls = nulls.subList(nulls.size() - 1, nulls.size());
    List<List<Object>> values = EveryType.random(5, 100);
    try (ColumnarWriter writer = writer(EveryType.TABLE)) {
      List<List<Object>> rows = new ArrayList<>();
      for (List<List<Object>> group : List.of(nulls, values, nulls)) {
        writer.write(EveryType.batches(EveryType.TABLE, group, 100).get(0));
        writer.endRowGroup();
        rows.addAll(group);
      }
      assertReadBackAs(EveryType.withoutDate(rows), EveryType.TABLE, writer.finish());
    }
  }

  @Test
  void anEmptyTextIsNoNull() throws Exception {
    List<List<Object>> rows = new ArrayList<>(EveryType.extremes().subList(1, 2));
    List<DataFile> files = write(EveryType.TABLE, rows, 1);
    assertThat(Readers.parquetJava(EveryType.TABLE, paths(files)).get(0).get(4)).isEqualTo("");
    assertThat(files.get(0).statistics().get("name")).isEqualTo(new ColumnRange("", "", 0));
  }

  @Test
  void aFileIsDescribedAsItLies() throws IOException {
    long before = System.currentTimeMillis();
    DataFile file = write(EveryType.TABLE, EveryType.random(6, 10), 10).get(0);
    assertThat(file.path())
        .matches("trade_date=2012-06-21/part-00000-0-[-0-9a-f]{36}\\.zstd\\.parquet");
    assertThat(file.partitionValues()).isEqualTo(Map.of("trade_date", "2012-06-21"));
    assertThat(file.bytes()).isEqualTo(Files.size(root.resolve(file.path())));
    assertThat(file.modifiedMillis()).isBetween(before, System.currentTimeMillis());
    assertThat(file.rows()).isEqualTo(10);
  }

  @Test
  void aTableWithoutPartitionsLiesInItsRoot() throws IOException {
    DataFile file = write(EveryType.UNPARTITIONED, EveryType.random(6, 10), 10).get(0);
    assertThat(file.path()).startsWith("part-00000-0-");
    assertThat(file.partitionValues()).isEmpty();
    assertThat(filesOnDisk()).contains(root.resolve(file.path()));
  }

  @Test
  void aFileBeginsWhereThePartitionChangesAlsoInsideABatch() throws Exception {
    List<List<Object>> rows = EveryType.random(7, 30);
    int[] days = {0, 0, 1, 1, 1, 3};
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).set(2, EveryType.DAY + days[i / 5]);
    }
    List<DataFile> files = write(EveryType.TABLE, rows, 12);
    assertThat(files)
        .extracting(file -> file.partitionValues().get("trade_date") + " " + file.rows())
        .containsExactly("2012-06-21 10", "2012-06-22 15", "2012-06-24 5");
    assertReadBackAs(EveryType.withoutDate(rows), EveryType.TABLE, files);
    assertThat(files.get(1).statistics())
        .isEqualTo(statistics(EveryType.TABLE, rows.subList(10, 25)));
  }

  @Test
  void noRowsMakeNoFile() throws IOException {
    try (ColumnarWriter writer = writer(EveryType.TABLE)) {
      writer.endRowGroup();
      writer.write(new ColumnBatch(EveryType.TABLE, 10));
      assertThat(writer.finish()).isEmpty();
    }
    assertThat(filesOnDisk()).isEmpty();
  }

  @Test
  void aTextUnderANullIsNoValueThoughItsNeighboursAreTheSame() throws IOException {
    Table table = table("name");
    try (ColumnarWriter writer = writer(table)) {
      ColumnBatch batch = new ColumnBatch(table, 5);
      batch.rows = 5;
      Arrays.fill(batch.column("name").strings, 0, 3, "same");
      // A value too many before these would take the place of one.
      Arrays.fill(batch.column("name").strings, 3, 5, "other");
      batch.column("name").setNull(0);
      batch.column("name").setNull(2);
      writer.write(batch);
      String path = paths(writer.finish()).get(0);
      assertThat(spark.read().parquet(path).select("name").collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly(null, "same", null, "other", "other");
    }
  }

  @Test
  void rowGroupsEndWhereTheyAreAskedTo() throws IOException {
    List<DataFile> files;
    try (ColumnarWriter writer = writer(EveryType.TABLE)) {
      for (int rows : new int[] {2500, 10, 4000}) {
        writer.write(EveryType.batches(EveryType.TABLE, EveryType.random(8, rows), rows).get(0));
        writer.endRowGroup();
        writer.endRowGroup();
      }
      files = writer.finish();
    }
    try (ParquetFileReader reader = open(files.get(0))) {
      assertThat(reader.getRowGroups())
          .extracting(BlockMetaData::getRowCount)
          .containsExactly(2500L, 10L, 4000L);
    }
  }

  @Test
  void aRowGroupEndsByItselfWhereEvenTheLongestPagesEnd() throws IOException {
    Table table = table("total");
    List<DataFile> files;
    try (ColumnarWriter writer = writer(table)) {
      ColumnBatch batch = new ColumnBatch(table, 1500);
      batch.rows = 1500;
      for (int i = 0; i < 140; i++) {
        writer.write(batch);
      }
      files = writer.finish();
    }
    try (ParquetFileReader reader = open(files.get(0))) {
      assertThat(reader.getRowGroups())
          .extracting(BlockMetaData::getRowCount)
          .containsExactly(98_304L, 98_304L, 13_392L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "names"})
  void aRowGroupEndsByItselfBeforeLongTextsFillTheMemory(String column) throws IOException {
    Table table = table(column);
    List<DataFile> files;
    try (ColumnarWriter writer = writer(table)) {
      ColumnBatch batch = new ColumnBatch(table, 2000);
      for (int i = 0; i < 10; i++) {
        batch.rows = 2000;
        for (int row = 0; row < batch.rows; row++) {
          String text = "%d %d ".formatted(i, row).repeat(600);
          if (column.equals("name")) {
            batch.column(column).strings[row] = text;
          } else {
            batch.column(column).maps[row] = Map.of("key", text);
          }
        }
        writer.write(batch);
      }
      files = writer.finish();
    }
    try (ParquetFileReader reader = open(files.get(0))) {
      assertThat(reader.getRowGroups()).hasSizeBetween(2, 5);
    }
  }

  private static Table table(String column) {
    return new Table(
        "narrow",
        "test",
        "One column",
        EveryType.TABLE.columns().stream().filter(each -> each.name().equals(column)).toList(),
        List.of(),
        List.of(),
        List.of());
  }

  private ParquetFileReader open(DataFile file) throws IOException {
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(
            new org.apache.hadoop.fs.Path(root.resolve(file.path()).toUri()), new Configuration()));
  }

  @Test
  void aPageHasTheMoreRowsTheFewerBytesTheyTakeButInTheColumnsOfTheOrder() throws IOException {
    List<List<Object>> rows = EveryType.random(9, 50_000);
    for (int i = 0; i < rows.size(); i++) {
      // In the order of EveryType: yes, count, day, total, and so on.
      rows.get(i).set(1, i / 100);
      rows.get(i).set(3, (long) i);
    }
    Table ordered =
        new Table(
            "ordered",
            "test",
            "In the order of total",
            EveryType.TABLE.columns(),
            List.of(),
            List.of("total"),
            List.of());
    DataFile file = write(ordered, rows, 1024).get(0);
    try (ParquetFileReader reader = open(file)) {
      assertThat(pageBegins(reader, 0, "count")).startsWith(0L, 2048L, 18_432L, 34_816L);
      assertThat(pageBegins(reader, 0, "instant")).startsWith(0L, 2048L, 4096L, 6144L);
      assertThat(pageBegins(reader, 0, "total")).startsWith(0L, 2048L, 4096L, 6144L);
    }
  }

  @Test
  void aRowGroupBeginsWithAShortPageHoweverLongThoseOfTheOneBeforeWere() throws IOException {
    Table table = table("total");
    List<DataFile> files;
    try (ColumnarWriter writer = writer(table)) {
      ColumnBatch batch = new ColumnBatch(table, 20_000);
      batch.rows = 20_000;
      for (int i = 0; i < 2; i++) {
        writer.write(batch);
        writer.endRowGroup();
      }
      files = writer.finish();
    }
    try (ParquetFileReader reader = open(files.get(0))) {
      assertThat(pageBegins(reader, 0, "total")).containsExactly(0L, 2048L, 18_432L);
      assertThat(pageBegins(reader, 1, "total")).containsExactly(0L, 2048L, 18_432L);
    }
  }

  /** First rows of the pages of a column, whose index knows as many. */
  private static List<Long> pageBegins(ParquetFileReader reader, int rowGroup, String column)
      throws IOException {
    for (ColumnChunkMetaData chunk : reader.getRowGroups().get(rowGroup).getColumns()) {
      if (chunk.getPath().toDotString().equals(column)) {
        OffsetIndex offsets = reader.readOffsetIndex(chunk);
        int pages = offsets.getPageCount();
        if (reader.readColumnIndex(chunk) != null) {
          assertThat(reader.readColumnIndex(chunk).getNullCounts()).hasSize(pages);
        }
        return IntStream.range(0, pages).mapToObj(offsets::getFirstRowIndex).toList();
      }
    }
    throw new AssertionError("no column " + column);
  }

  @Test
  void everyColumnHasTheEncodingOfItsType() throws IOException {
    DataFile file = write(EveryType.TABLE, EveryType.random(10, 3000), 1024).get(0);
    Map<String, Encoding> encodings = new HashMap<>();
    try (ParquetFileReader reader = open(file)) {
      for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
        assertThat(chunk.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
        Encoding encoding = chunk.getEncodingStats().getDataEncodings().iterator().next();
        encodings.put(chunk.getPath().toDotString(), encoding);
      }
      PageReadStore pages = reader.readNextRowGroup();
      for (ColumnDescriptor column : reader.getFileMetaData().getSchema().getColumns()) {
        assertThat(pages.getPageReader(column).readPage()).isInstanceOf(DataPageV2.class);
      }
    }
    assertThat(encodings)
        .containsEntry("yes", Encoding.RLE)
        .containsEntry("count", Encoding.DELTA_BINARY_PACKED)
        .containsEntry("day", Encoding.DELTA_BINARY_PACKED)
        .containsEntry("total", Encoding.DELTA_BINARY_PACKED)
        .containsEntry("instant", Encoding.DELTA_BINARY_PACKED)
        .containsEntry("ratio", Encoding.PLAIN)
        .containsEntry("totals.key_value.key", Encoding.RLE_DICTIONARY);
  }

  @Test
  void aPageThatDoesNotShrinkIsStoredAsItIsAndReadBack() throws Exception {
    List<List<Object>> rows = EveryType.random(17, 20_000);
    for (int i = 0; i < rows.size(); i++) {
      // Differences of random bits do not shrink, and of every tenth value they do.
      rows.get(i).set(3, (long) (i % 10 == 0 ? i * i : 0) << 20);
    }
    List<DataFile> files = write(EveryType.TABLE, rows, 1024);

    try (ParquetFileReader reader = open(files.get(0))) {
      Map<String, ColumnChunkMetaData> chunks = new HashMap<>();
      for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
        chunks.put(chunk.getPath().toDotString(), chunk);
      }
      ColumnChunkMetaData random = chunks.get("instant");
      ColumnChunkMetaData regular = chunks.get("total");
      assertThat(random.getTotalSize()).isEqualTo(random.getTotalUncompressedSize());
      assertThat(regular.getTotalSize()).isLessThan(regular.getTotalUncompressedSize() / 2);
    }
    assertThat(spark.read().parquet(paths(files).get(0)).selectExpr("sum(total)").first().get(0))
        .isEqualTo(rows.stream().mapToLong(row -> (Long) row.get(3)).sum());
    assertThat(
            spark
                .read()
                .parquet(paths(files).get(0))
                .selectExpr("bit_xor(unix_micros(instant))")
                .first()
                .get(0))
        .isEqualTo(rows.stream().mapToLong(row -> (Long) row.get(7)).reduce(0, (a, b) -> a ^ b));
  }

  @Test
  void numbersAreReferencesWhileFewAreDifferentAndDifferencesAfterwards() throws Exception {
    List<List<Object>> rows = EveryType.random(11, 20_000);
    for (int i = 0; i < rows.size(); i++) {
      boolean few = i < 10_000;
      rows.get(i).set(1, few ? i / 100 - 5 : 3 * i);
      rows.get(i).set(3, few ? i / 9 % 200 * 1_000_000_007L : (long) i * i * 1_000_000_007L);
    }
    List<DataFile> files;
    try (ColumnarWriter writer = writer(EveryType.TABLE)) {
      for (List<List<Object>> group : List.of(rows, rows.subList(0, 4_000), rows.subList(0, 30))) {
        for (ColumnBatch batch : EveryType.batches(EveryType.TABLE, group, 1024)) {
          writer.write(batch);
        }
        writer.endRowGroup();
      }
      files = writer.finish();
    }
    List<List<Object>> all = new ArrayList<>(rows);
    all.addAll(rows.subList(0, 4_000));
    all.addAll(rows.subList(0, 30));
    assertReadBackAs(EveryType.withoutDate(all), EveryType.TABLE, files);
    try (ParquetFileReader reader = open(files.get(0))) {
      for (String column : List.of("count", "total")) {
        assertThat(encodings(reader, 0, column))
            .as(column)
            .containsExactlyInAnyOrder(Encoding.RLE_DICTIONARY, Encoding.DELTA_BINARY_PACKED);
        assertThat(encodings(reader, 1, column)).containsExactly(Encoding.RLE_DICTIONARY);
      }
      // One entry serves 30 rows, where 4 would have to be shared by more.
      assertThat(encodings(reader, 2, "count")).containsExactly(Encoding.RLE_DICTIONARY);
      assertThat(encodings(reader, 2, "total")).containsExactly(Encoding.DELTA_BINARY_PACKED);
    }
  }

  private static Set<Encoding> encodings(ParquetFileReader reader, int rowGroup, String column) {
    return reader.getRowGroups().get(rowGroup).getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(column))
        .findAny()
        .orElseThrow()
        .getEncodingStats()
        .getDataEncodings();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void statisticsAreThoseOfAPlainLoop(long seed) throws IOException {
    List<List<Object>> rows = EveryType.random(seed, 2500);
    int begin = 300;
    for (int i = 0; i < rows.size(); i++) {
      // Random ones would be of both kinds in every row group.
      boolean isTrue = (i < begin || seed > 2) == (seed % 2 == 0);
      rows.get(i).set(0, rows.get(i).get(0) == null ? null : isTrue);
    }
    try (ColumnarWriter writer = writer(EveryType.TABLE)) {
      for (ColumnBatch batch : EveryType.batches(EveryType.TABLE, rows, begin)) {
        writer.write(batch);
        writer.endRowGroup();
      }
      assertThat(writer.finish().get(0).statistics())
          .isEqualTo(statistics(EveryType.TABLE, rows))
          .doesNotContainKeys("trade_date", "totals");
    }
  }

  private static Map<String, ColumnRange> statistics(Table table, List<List<Object>> rows) {
    Map<String, ColumnRange> statistics = new HashMap<>();
    for (String name : table.statisticsColumns()) {
      int column = table.columnNames().indexOf(name);
      List<Object> values =
          rows.stream().map(row -> row.get(column)).filter(value -> value != null).toList();
      Comparable<?> min = null;
      Comparable<?> max = null;
      for (Object value : values) {
        if (value instanceof Comparable<?> comparable) {
          min = min == null || ORDER.compare(comparable, min) < 0 ? comparable : min;
          max = max == null || ORDER.compare(comparable, max) > 0 ? comparable : max;
        }
      }
      statistics.put(name, new ColumnRange(min, max, rows.size() - values.size()));
    }
    statistics.keySet().removeAll(table.partitionColumns());
    return statistics;
  }

  /** Texts by their code points, as UTF-8 has them. */
  @SuppressWarnings("unchecked")
  private static final Comparator<Object> ORDER =
      (one, other) ->
          one instanceof String text
              ? Arrays.compare(text.codePoints().toArray(), ((String) other).codePoints().toArray())
              : ((Comparable<Object>) one).compareTo(other);

  @Test
  void aNaNLeavesItsColumnWithoutOrder() throws Exception {
    // In the first of several pages.
    List<List<Object>> rows = EveryType.random(11, 5_000);
    rows.forEach(row -> row.set(4, 1.5));
    rows.get(3).set(4, Double.NaN);
    rows.get(4).set(4, null);
    DataFile file = write(EveryType.TABLE, rows, 1024).get(0);
    assertThat(file.statistics().get("ratio")).isEqualTo(new ColumnRange(null, null, 1));
    try (ParquetFileReader reader = open(file)) {
      ColumnChunkMetaData chunk = reader.getRowGroups().get(0).getColumns().get(3);
      assertThat(chunk.getPath().toDotString()).isEqualTo("ratio");
      assertThat(chunk.getStatistics().hasNonNullValue()).isFalse();
      assertThat(chunk.getStatistics().isNumNullsSet()).isFalse();
      assertThat(reader.readColumnIndex(chunk)).isNull();
    }
    // To Spark a NaN is larger than any number.
    assertThat(spark.read().parquet(paths(List.of(file)).get(0)).where("ratio > 2").count())
        .isEqualTo(1);
  }

  @Test
  void aReaderFindsEveryRowByItsPageIndex() throws Exception {
    List<List<Object>> rows = EveryType.random(12, 13_000);
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).set(3, (long) i);
    }
    String path = paths(write(EveryType.TABLE, rows, 1024)).get(0);
    for (int from : new int[] {0, 2047, 2048, 7500, 12_999}) {
      String range = "total BETWEEN " + from + " AND " + (from + 600);
      assertThat(spark.read().parquet(path).where(range).count())
          .isEqualTo(Math.min(601, rows.size() - from));
    }
  }

  @Test
  void whatIsNotFinishedLeavesNoFile() throws IOException {
    List<List<Object>> rows = EveryType.random(13, 5000);
    for (int i = 2500; i < rows.size(); i++) {
      rows.get(i).set(2, EveryType.DAY + 1);
    }
    try (ColumnarWriter writer = writer(EveryType.TABLE)) {
      for (ColumnBatch batch : EveryType.batches(EveryType.TABLE, rows, 1000)) {
        writer.write(batch);
      }
      writer.endRowGroup();
      assertThat(filesOnDisk()).isNotEmpty();
    }
    assertThat(filesOnDisk()).isEmpty();
  }

  @Test
  void whatIsFinishedStaysWhenTheWriterIsClosed() throws IOException {
    List<DataFile> files = write(EveryType.TABLE, EveryType.random(14, 10), 10);
    assertThat(files).allSatisfy(file -> assertThat(root.resolve(file.path())).exists());
  }

  @Test
  void aFileSystemThatFailsOnTheWayIsLeftWithoutFiles() throws IOException {
    List<ColumnBatch> batches =
        EveryType.batches(EveryType.TABLE, EveryType.random(15, 20_000), 1000);
    Configuration configuration = new Configuration();
    configuration.setClass("fs.failing.impl", FailingFileSystem.class, Object.class);
    String failing = "failing://" + root;
    long bytes;
    FailingFileSystem.allow(Long.MAX_VALUE);
    try (ColumnarWriter writer =
        new ColumnarWriter(EveryType.TABLE, failing, "00000", configuration)) {
      write(writer, batches);
      bytes = writer.finish().get(0).bytes();
    }
    assertThat(filesOnDisk()).hasSize(1);
    Files.delete(filesOnDisk().get(0));
    for (long allowed : new long[] {0, 3, 4, bytes / 3, bytes / 2, bytes - 1}) {
      FailingFileSystem.allow(allowed);
      assertThatThrownBy(
              () -> {
                try (ColumnarWriter writer =
                    new ColumnarWriter(EveryType.TABLE, failing, "00000", configuration)) {
                  write(writer, batches);
                  writer.finish();
                }
              })
          .as("failing after %d bytes", allowed)
          .hasStackTraceContaining(FailingFileSystem.REASON);
      assertThat(filesOnDisk()).as("failing after %d bytes", allowed).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAFailureLikeAnyOtherAndIsLeftWithoutFiles() throws IOException {
    List<ColumnBatch> batches = EveryType.batches(EveryType.TABLE, EveryType.random(17, 100), 50);
    Configuration configuration = new Configuration();
    configuration.setClass("fs.full.impl", FullFileSystem.class, Object.class);

    assertThatThrownBy(
            () -> {
              try (ColumnarWriter writer =
                  new ColumnarWriter(EveryType.TABLE, "full://" + root, "00000", configuration)) {
                write(writer, batches);
                writer.finish();
              }
            })
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("No space left on device");
    assertThat(filesOnDisk()).isEmpty();
  }

  private static void write(ColumnarWriter writer, List<ColumnBatch> batches) throws IOException {
    for (ColumnBatch batch : batches) {
      writer.write(batch);
      writer.endRowGroup();
    }
  }

  @Test
  void rowsOfAnotherTableAndRowsWithoutPartitionAreRefused() throws IOException {
    List<List<Object>> rows = EveryType.random(16, 2);
    rows.get(1).set(2, null);
    try (ColumnarWriter writer = writer(EveryType.TABLE)) {
      assertThatThrownBy(() -> writer.write(new ColumnBatch(EveryType.UNPARTITIONED, 1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.write(EveryType.batches(EveryType.TABLE, rows, 2).get(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("trade_date of every_type is NULL");
    }
    assertThat(filesOnDisk()).isEmpty();
  }

  @Test
  void aTextThatIsNullWithoutSayingSoIsRefused() throws IOException {
    Table table = table("name");
    ColumnBatch batch = new ColumnBatch(table, 1);
    batch.rows = 1;
    try (ColumnarWriter writer = writer(table)) {
      assertThatThrownBy(() -> writer.write(batch)).isInstanceOf(NullPointerException.class);
    }
  }
}
