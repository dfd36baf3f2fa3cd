package io.booklake.read;

import static io.booklake.delta.LogFixtures.add;
import static io.booklake.delta.LogFixtures.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.booklake.delta.FileSettings;
import io.booklake.delta.KernelRows;
import io.booklake.delta.LakeEngine;
import io.booklake.delta.LogFixtures;
import io.booklake.delta.TableLog;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.replay.LogReplay;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.MetadataColumnSpec;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against Kernel's own engine, which reads by parquet-java's records. */
class LogParquetTest {
  private static final String PROTOCOL =
      "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
          + "\"readerFeatures\":[\"v2Checkpoint\"],"
          + "\"writerFeatures\":[\"v2Checkpoint\",\"domainMetadata\"]}}";
  private static final String METADATA =
      "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
          + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":["
          + "{\\\"name\\\":\\\"day\\\",\\\"type\\\":\\\"date\\\",\\\"nullable\\\":true,"
          + "\\\"metadata\\\":{}},{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"long\\\","
          + "\\\"nullable\\\":true,\\\"metadata\\\":{}}]}\","
          + "\"partitionColumns\":[\"day\"],\"configuration\":{\"a\":\"b\",\"c\":\"d\"},"
          + "\"createdTime\":7}}";

  private static final StructType ALL =
      LogReplay.withSidecarFileSchema(SingleAction.CHECKPOINT_SCHEMA)
          .add("checkpointMetadata", new StructType().add("version", StringType.STRING));

  @TempDir private Path folder;

  private final AtomicInteger left = new AtomicInteger();
  private final Engine kernels = DefaultEngine.create(new Configuration());
  private final FileSettings settings = FileSettings.local();
  private final Engine ours = new LakeEngine(settings, this::handler);

  private ParquetHandler handler(Supplier<ParquetHandler> others) {
    return new LogParquet(
        new PageDecoders(settings),
        new FileBytes(settings),
        () -> {
          left.incrementAndGet();
          return others.get();
        });
  }

  private static List<String> actions() {
    return List.of(
        PROTOCOL,
        METADATA,
        add("a", Long.MIN_VALUE),
        remove("a"),
        "{\"txn\":{\"appId\":\"\\ud83d\\ude00 \\u00e4\",\"version\":9223372036854775807}}",
        "{\"txn\":{\"appId\":\"\",\"version\":-1,\"lastUpdated\":3}}",
        "{}",
        "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2,\"readerFeatures\":[]}}",
        "{\"add\":{\"path\":\"%20 a\",\"partitionValues\":{\"b\":null,\"a\":\"\",\"c\":\"5\"},"
            + "\"size\":0,\"modificationTime\":-5,\"dataChange\":false,\"stats\":null,"
            + "\"tags\":{},\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"x\","
            + "\"offset\":1,\"sizeInBytes\":36,\"cardinality\":2}}}",
        "{\"add\":{\"path\":\"b\",\"partitionValues\":{},\"size\":1,\"modificationTime\":5,"
            + "\"dataChange\":true,\"tags\":{\"x\":\"y\",\"z\":null},\"baseRowId\":4}}",
        "{\"domainMetadata\":{\"domain\":\"d\",\"configuration\":\"{\\\"a\\\":1}\","
            + "\"removed\":false}}",
        "{\"sidecar\":{\"path\":\"s.parquet\",\"sizeInBytes\":3,\"modificationTime\":4,"
            + "\"tags\":{\"a\":\"b\"}}}",
        "{\"checkpointMetadata\":{\"version\":\"3\"}}");
  }

  private static List<String> manyActions(int rounds) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      lines.addAll(actions());
      lines.add(add("name" + i, i));
      lines.add(remove("name" + i));
    }
    return lines;
  }

  private Path log(String name, List<String> lines) throws IOException {
    return Files.write(Files.createDirectories(folder.resolve("_delta_log")).resolve(name), lines);
  }

  /** A file of actions, as Kernel writes it. */
  private Path written(Engine engine, String name, StructType schema, List<String> lines)
      throws IOException {
    Path file = folder.resolve("_delta_log").resolve(name);
    LogFixtures.write(engine, log("actions", lines), schema, file);
    return file;
  }

  /** The same rows in another layout. */
  private Path rewritten(Path file, StoredRows.Layout layout, CompressionCodecName codec)
      throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    Path other = file.resolveSibling("other-" + file.getFileName());
    write(other, (MessageType) rows.get(0).getType(), rows, layout, codec);
    return other;
  }

  private static void write(
      Path file,
      MessageType schema,
      List<Group> rows,
      StoredRows.Layout layout,
      CompressionCodecName codec)
      throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration())
            .withType(schema)
            .withWriterVersion(layout.version())
            .withDictionaryEncoding(layout.dictionary())
            .withPageRowCountLimit(layout.pageRows())
            .withRowGroupRowCountLimit(1_000)
            .withCompressionCodec(codec)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
  }

  private List<Object> rows(Engine engine, StructType schema, Path... files) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (Path file : files) {
      found.add(LogFixtures.status(file));
    }
    try (CloseableIterator<FileReadResult> batches =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.toCloseableIterator(found.iterator()), schema, Optional.empty())) {
      return KernelRows.of(batches.map(FileReadResult::getData), schema);
    }
  }

  private void assertSame(StructType schema, int count, Path... files) throws IOException {
    assertThat(rows(ours, schema, files)).hasSize(count).isEqualTo(rows(kernels, schema, files));
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, 100, SNAPPY",
    "PARQUET_1_0, false, 7, ZSTD",
    "PARQUET_1_0, true, 20000, GZIP",
    "PARQUET_2_0, true, 64, UNCOMPRESSED",
    "PARQUET_2_0, false, 5000, SNAPPY",
    "PARQUET_2_0, false, 10, ZSTD"
  })
  void rowsAreThoseOfKernelsReaderWhateverTheLayout(
      WriterVersion version, boolean dictionary, int pageRows, CompressionCodecName codec)
      throws IOException {
    List<String> lines = manyActions(170);
    Path file = written(kernels, "a.parquet", ALL, lines);
    StoredRows.Layout layout = new StoredRows.Layout(version, dictionary, pageRows);
    Path other = rewritten(file, layout, codec);

    assertThat(lines).hasSizeGreaterThan(2_000);
    assertSame(ALL, 2 * lines.size(), file, other);
    assertThat(left).hasValue(0);
  }

  @Test
  void columnsThatAFileDoesNotHaveAreNull() throws IOException {
    Path file = written(kernels, "a.parquet", LogReplay.getAddReadSchema(true), actions());
    StructType more = ALL.add("other", new StructType().add("number", DoubleType.DOUBLE));

    assertSame(more, actions().size(), file);
    assertThat(left).hasValue(0);
  }

  @Test
  void noFilesAreNoRows() throws IOException {
    assertSame(ALL, 0);
    assertThatThrownBy(
            () ->
                ours.getParquetHandler()
                    .readParquetFiles(
                        Utils.toCloseableIterator(List.<FileStatus>of().iterator()),
                        ALL,
                        Optional.empty())
                    .next())
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void whatIsWrittenIsKernels() throws IOException {
    Path file = written(ours, "a.parquet", ALL, actions());
    ours.getParquetHandler()
        .writeParquetFiles(
            folder.toUri().toString(),
            Utils.toCloseableIterator(List.<FilteredColumnarBatch>of().iterator()),
            List.of())
        .close();

    assertThat(left).hasValue(2);
    assertSame(ALL, actions().size(), file);
  }

  /** As old writers have them, and as no writer of a log has them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "words(0) | optional group a (LIST) { repeated group bag { optional binary array; } } | 0",
        "words(1) | optional group a (LIST) { repeated group list { optional int64 element; } } | 1",
        "texts | optional group a (MAP) { repeated group map { required binary key;"
            + " optional binary value; } } | 0",
        "numbers | optional group a (MAP) { repeated group map { required binary key;"
            + " optional int64 value; } } | 1",
        "texts | optional binary a; | 1",
        "texts | repeated group a { repeated group map { required binary key; } } | 1",
        "texts | optional group a (MAP) { repeated group map { required binary key; } } | 1",
        "texts | optional group a (MAP) { repeated group map { required int64 key;"
            + " optional binary value; } } | 1",
        "texts | optional group a (MAP) { repeated group map { required binary k;"
            + " optional binary value; } } | 1",
        "words | optional group a (LIST) { repeated binary array; } | 1",
        "words | optional group a (LIST) { optional group list { optional binary b; } } | 1",
        "struct | optional int64 a; | 1",
        "struct | optional group a { optional int64 b; } | 0",
        "struct | optional group a { optional int64 c; } | 1",
        "long | repeated int64 a; | 1",
        "long | required int64 a; | 0",
        "long | optional int32 a; | 1",
        "long | optional int64 A; | 1",
        "int | required int32 a; | 0",
        "double | optional double a; | 1",
        "field id | optional int64 a = 4; | 1",
        "row index | optional int64 b; | 1",
        "structs | optional group a (LIST) { repeated group list { optional group element"
            + " { optional int64 b; } } } | 1"
      })
  void whatIsStoredInOtherWaysIsLeftToKernel(String asked, String stored, int expected)
      throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 first; %s }".formatted(stored));
    Path file = folder.resolve("a.parquet");
    List<Group> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Group row = new SimpleGroup(schema);
      row.add(0, (long) i);
      fill(row, i);
      rows.add(row);
    }
    StoredRows.Layout layout = new StoredRows.Layout(WriterVersion.PARQUET_1_0, true, 100);
    write(file, schema, rows, layout, CompressionCodecName.SNAPPY);

    assertSameOrRefused(asked(asked), file);
    assertThat(left).hasValue(expected);
  }

  private void assertSameOrRefused(StructType schema, Path file) throws IOException {
    List<Object> expected;
    try {
      expected = rows(kernels, schema, file);
    } catch (RuntimeException e) {
      assertThatThrownBy(() -> rows(ours, schema, file)).isInstanceOf(e.getClass());
      return;
    }
    assertThat(rows(ours, schema, file)).hasSize(5).isEqualTo(expected);
  }

  private static StructType asked(String name) {
    StructType first = new StructType().add("first", LongType.LONG);
    return switch (name) {
      case "texts" -> first.add("a", new MapType(StringType.STRING, StringType.STRING, true));
      case "numbers" -> first.add("a", new MapType(StringType.STRING, LongType.LONG, true));
      case "struct" -> first.add("a", new StructType().add("b", LongType.LONG));
      case "long" -> first.add("a", LongType.LONG);
      case "int" -> first.add("a", IntegerType.INTEGER);
      case "double" -> first.add("a", DoubleType.DOUBLE);
      case "field id" ->
          first.add(
              "b", LongType.LONG, FieldMetadata.builder().putLong("parquet.field.id", 4).build());
      case "row index" -> first.addMetadataColumn("i", MetadataColumnSpec.ROW_INDEX);
      case "structs" ->
          first.add("a", new ArrayType(new StructType().add("b", LongType.LONG), true));
      default -> first.add("a", new ArrayType(StringType.STRING, true));
    };
  }

  /** Gives the second field as many values as the number says, where it may have some. */
  private static void fill(Group row, int number) {
    org.apache.parquet.schema.Type type = row.getType().getType(1);
    if (type.isPrimitive()) {
      switch (type.asPrimitiveType().getPrimitiveTypeName()) {
        case INT32 -> row.add(1, number);
        case DOUBLE -> row.add(1, number / 3.0);
        case BINARY -> row.add(1, "word");
        default -> row.add(1, (long) number);
      }
    } else if (number > 0) {
      Group all = row.addGroup(1);
      org.apache.parquet.schema.Type first = all.getType().getType(0);
      int most = first.isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED) ? 5 : 2;
      for (int i = 1; i < Math.min(most, number); i++) {
        if (first.isPrimitive()) {
          put(all, 0, i);
          continue;
        }
        Group entry = all.addGroup(0);
        for (int field = 0; field < entry.getType().getFieldCount(); field++) {
          org.apache.parquet.schema.Type inner = entry.getType().getType(field);
          if (inner.isPrimitive()) {
            put(entry, field, i);
          } else {
            entry.addGroup(field).add(0, (long) i);
          }
        }
      }
    }
  }

  private static void put(Group group, int field, int number) {
    if (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()
        == PrimitiveTypeName.BINARY) {
      group.add(field, "word" + number);
    } else {
      group.add(field, (long) number);
    }
  }

  @Test
  void rareCodecsAreLeftToKernel() throws IOException {
    Path file = written(kernels, "a.parquet", ALL, actions());
    StoredRows.Layout layout = new StoredRows.Layout(WriterVersion.PARQUET_1_0, true, 100);
    Path other = rewritten(file, layout, CompressionCodecName.LZ4_RAW);

    assertSame(ALL, 2 * actions().size(), other, file);
    assertThat(left).hasValue(1);
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    FileStatus none = FileStatus.of(folder.toUri() + "none.parquet", 1_000, 0);

    assertThatThrownBy(
            () -> {
              try (CloseableIterator<FileReadResult> rows =
                  ours.getParquetHandler()
                      .readParquetFiles(
                          Utils.singletonCloseableIterator(none), ALL, Optional.empty())) {
                rows.hasNext();
              }
            })
        .hasRootCauseInstanceOf(FileNotFoundException.class);
  }

  /** Levels and values are other bytes then, so that something in them does not fit. */
  @ParameterizedTest
  @ValueSource(ints = {0xFF, 0x01})
  void aDamagedPageIsSaidSo(int mask) throws IOException {
    Path file = written(kernels, "a.parquet", ALL, manyActions(100));
    byte[] bytes = Files.readAllBytes(file);
    IndexedFile end =
        IndexedFile.read(
            file.toUri().toString(), bytes.length, new FileBytes(settings), new Room());
    StoredChunk chunk = end.chunk(0, end.column("add.path"));
    for (int i = 0; i < 60; i++) {
      bytes[(int) chunk.pages() + i] ^= (byte) mask;
    }
    Files.write(file, bytes);

    assertThatThrownBy(() -> rows(ours, ALL, file))
        .isInstanceOf(KernelEngineException.class)
        .hasMessageContaining("a.parquet");
  }

  private void commits() throws IOException {
    List<String> first = new ArrayList<>(List.of(PROTOCOL, METADATA));
    for (int i = 0; i < 2_500; i++) {
      first.add(add("name" + i, i));
    }
    log("00000000000000000000.json", first);
    log(
        "00000000000000000001.json",
        List.of(
            remove("name7"),
            add("c", 2),
            "{\"txn\":{\"appId\":\"app\",\"version\":8}}",
            "{\"domainMetadata\":{\"domain\":\"d\",\"configuration\":\"x\",\"removed\":false}}"));
    log("00000000000000000002.json", List.of(remove("c"), add("name7", 4)));
  }

  private void assertSame(long version, int files) throws IOException {
    // The checkpoint is to be read, not this.
    log("00000000000000000000.json", List.of("{}"));
    assertThat(LogFixtures.table(ours, folder, version))
        .hasSize(6 + 2 * files)
        .isEqualTo(LogFixtures.table(kernels, folder, version));
    assertThat(left).hasValue(0);
  }

  @Test
  void aTableIsTheSameBehindACheckpoint() throws IOException {
    commits();
    new TableLog(kernels, folder.toUri().toString()).at(1).writeCheckpoint(kernels);

    assertSame(1, 2_500);
    assertSame(2, 2_500);
  }

  @Test
  void aTableIsTheSameBehindACheckpointOfTwoParts() throws IOException {
    commits();
    List<String> lines = Files.readAllLines(folder.resolve("_delta_log/00000000000000000000.json"));
    String name = "00000000000000000000.checkpoint.%010d.0000000002.parquet";
    written(kernels, name.formatted(1), SingleAction.CHECKPOINT_SCHEMA, lines.subList(0, 1_100));
    written(
        kernels, name.formatted(2), SingleAction.CHECKPOINT_SCHEMA, lines.subList(1_100, 2_502));

    assertSame(1, 2_500);
    assertSame(2, 2_500);
  }

  /** A part of the files in it and a part in a file beside. */
  @Test
  void aTableIsTheSameBehindACheckpointOfTheSecondVersion() throws IOException {
    commits();
    List<String> lines = Files.readAllLines(folder.resolve("_delta_log/00000000000000000000.json"));
    Path sidecar =
        written(
            kernels,
            "_sidecars/s.parquet",
            LogReplay.getAddRemoveReadSchema(true),
            lines.subList(2, 2_000));
    List<String> top = new ArrayList<>(lines.subList(2_000, 2_502));
    top.add("{\"checkpointMetadata\":{\"version\":\"0\"}}");
    top.add(PROTOCOL);
    top.add(METADATA);
    top.add(
        "{\"sidecar\":{\"path\":\"s.parquet\",\"sizeInBytes\":%d,\"modificationTime\":1}}"
            .formatted(Files.size(sidecar)));
    written(
        kernels,
        "00000000000000000000.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet",
        ALL,
        top);

    assertSame(1, 2_500);
    assertSame(2, 2_500);
  }
}
