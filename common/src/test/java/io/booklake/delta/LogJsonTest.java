package io.booklake.delta;

import static io.booklake.delta.LogFixtures.add;
import static io.booklake.delta.LogFixtures.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.checkpoints.CheckpointMetaData;
import io.delta.kernel.internal.replay.LogReplay;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against Kernel's own engine, which makes trees of JSON. */
class LogJsonTest {
  private static final String PROTOCOL =
      "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";
  private static final String PROTOCOL_OF_V2_CHECKPOINTS =
      "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
          + "\"readerFeatures\":[\"v2Checkpoint\"],\"writerFeatures\":[\"v2Checkpoint\"]}}";
  private static final String METADATA =
      "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
          + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":["
          + "{\\\"name\\\":\\\"day\\\",\\\"type\\\":\\\"date\\\",\\\"nullable\\\":true,"
          + "\\\"metadata\\\":{}},{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"long\\\","
          + "\\\"nullable\\\":true,\\\"metadata\\\":{\\\"comment\\\":\\\"a \\\\\\\"word\\\\\\\"\\\"}}]}\","
          + "\"partitionColumns\":[\"day\"],\"configuration\":{\"a\":\"b\"},\"createdTime\":7}}";

  private static final StructType ALL =
      LogReplay.withSidecarFileSchema(SingleAction.FULL_SCHEMA)
          .add("checkpointMetadata", new StructType().add("version", StringType.STRING));

  @TempDir private Path folder;

  private final Engine ours = new LakeEngine(FileSettings.local());
  private final Engine kernels = DefaultEngine.create(new Configuration());

  private Path log(String name, String... lines) throws IOException {
    return Files.write(
        Files.createDirectories(folder.resolve("_delta_log")).resolve(name), List.of(lines));
  }

  private List<Object> rows(Engine engine, StructType schema, Path... files) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (Path file : files) {
      found.add(LogFixtures.status(file));
    }
    try (CloseableIterator<ColumnarBatch> batches =
        engine
            .getJsonHandler()
            .readJsonFiles(Utils.toCloseableIterator(found.iterator()), schema, Optional.empty())) {
      return KernelRows.of(batches, schema);
    }
  }

  static List<String> actions() {
    return List.of(
        PROTOCOL,
        PROTOCOL_OF_V2_CHECKPOINTS,
        METADATA,
        add("a", Long.MIN_VALUE),
        remove("a"),
        "{\"unknown\":{\"add\":[{\"path\":1},[2.5e300]]},\"txn\":{\"appId\":\"\\ud83d\\ude00 \\u00e4\\\\"
            + "\\\"\\n\",\"version\":9223372036854775807,\"more\":{\"a\":[1]}}}",
        "{\"txn\":{\"version\":-1,\"appId\":\"first\",\"appId\":\"last\",\"lastUpdated\":null}}",
        "{\"add\":null,\"remove\":null}",
        "{}",
        "{\"add\":{\"path\":\"%20 a\",\"partitionValues\":{\"b\":null,\"a\":\"\",\"c\":5,\"d\":true,"
            + "\"e\":1.5},\"size\":0,\"modificationTime\":-5,\"dataChange\":false,\"stats\":null,"
            + "\"tags\":{},\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"x\","
            + "\"offset\":1,\"sizeInBytes\":36,\"cardinality\":2}}}",
        "{\"commitInfo\":{\"inCommitTimestamp\":5,\"timestamp\":6,\"operation\":\"WRITE\","
            + "\"operationParameters\":{\"mode\":\"Append\",\"n\":12},\"engineInfo\":\"x\"}}",
        "{\"domainMetadata\":{\"domain\":\"d\",\"configuration\":\"{\\\"a\\\":1}\","
            + "\"removed\":false}}",
        "{\"sidecar\":{\"path\":\"s.parquet\",\"sizeInBytes\":3,\"modificationTime\":4,"
            + "\"tags\":{\"a\":\"b\"}}}",
        "{\"checkpointMetadata\":{\"version\":\"3\"}}");
  }

  @ParameterizedTest
  @MethodSource("actions")
  void anActionIsWhatKernelsReaderMakesOfIt(String line) throws IOException {
    Path file = log("actions.json", line);

    assertThat(rows(ours, ALL, file)).hasSize(1).isEqualTo(rows(kernels, ALL, file));
  }

  @Test
  void filesComeOneBehindTheOtherWhateverTheirLength() throws IOException {
    Path empty = log("empty.json");
    Path one = log("one.json", actions().toArray(String[]::new));
    Path many = log("many.json", Collections.nCopies(3_000, remove("a")).toArray(String[]::new));

    assertThat(rows(ours, ALL, empty, one, many, empty, one))
        .hasSize(3_000 + 2 * actions().size())
        .isEqualTo(rows(kernels, ALL, empty, one, many, empty, one));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"txn\":[]}",
        "{\"txn\":{\"appId\":\"no version\"}}",
        "{\"txn\":{\"appId\":null,\"version\":1}}",
        "{\"txn\":{\"appId\":5,\"version\":1}}",
        "{\"txn\":{\"appId\":\"a\",\"version\":\"1\"}}",
        "{\"txn\":{\"appId\":\"a\",\"version\":1.0}}",
        "{\"txn\":{\"appId\":\"a\",\"version\":9223372036854775808}}",
        "{\"txn\":{\"appId\":\"a\",\"version\":1",
        "{\"protocol\":{\"minReaderVersion\":2147483648,\"minWriterVersion\":2}}",
        "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2,\"readerFeatures\":[null]}}",
        "{\"remove\":{\"path\":\"a\",\"deletionTimestamp\":1,\"dataChange\":\"true\"}}",
        "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{\"a\":null}},"
            + "\"schemaString\":\"{}\",\"partitionColumns\":[],\"configuration\":{}}}"
      })
  void whatIsNoActionIsRefusedAsKernelsReaderDoes(String line) throws IOException {
    Path file = log("actions.json", line);

    assertThatThrownBy(() -> rows(kernels, ALL, file)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> rows(ours, ALL, file))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("actions.json");
  }

  @Test
  void otherTypesAreLeftToKernel() throws IOException {
    StructType schema =
        new StructType()
            .add("day", DateType.DATE)
            .add("numbers", new MapType(StringType.STRING, DoubleType.DOUBLE, true));
    Path file = log("other.json", "{\"day\":\"2024-03-04\",\"numbers\":{\"a\":\"NaN\",\"b\":0.1}}");

    assertThat(rows(ours, schema, file)).hasSize(1).isEqualTo(rows(kernels, schema, file));
  }

  private void commits(String protocol) throws IOException {
    log("00000000000000000000.json", protocol, METADATA, add("a", 0), add("b", 1));
    log("00000000000000000001.json", remove("a"), add("c", 2), add("d", 3));
    log("00000000000000000002.json", remove("d"), add("a", 4));
  }

  private void assertSame(long version, int files) {
    assertThat(LogFixtures.table(ours, folder, version))
        .hasSize(6 + 2 * files)
        .isEqualTo(LogFixtures.table(kernels, folder, version));
  }

  @Test
  void aTableIsTheSame() throws IOException {
    commits(PROTOCOL);

    assertSame(0, 2);
    assertSame(1, 3);
    assertSame(2, 3);
  }

  @Test
  void aTableIsTheSameBehindACheckpoint() throws IOException {
    commits(PROTOCOL);
    new TableLog(ours, folder.toUri().toString()).at(1).writeCheckpoint(ours);
    Files.delete(folder.resolve("_delta_log/00000000000000000000.json"));

    assertThat(folder.resolve("_delta_log/_last_checkpoint")).exists();
    assertSame(1, 3);
    assertSame(2, 3);
  }

  /** Files named in a checkpoint of JSON, a part in it and a part in a file of Parquet. */
  @Test
  void aTableIsTheSameBehindACheckpointOfTheSecondVersion() throws IOException {
    commits(PROTOCOL_OF_V2_CHECKPOINTS);
    Path sidecar = folder.resolve("_delta_log/_sidecars/s.parquet");
    Path additions = log("additions.json", add("b", 1), add("c", 2));
    LogFixtures.write(kernels, additions, LogReplay.getAddReadSchema(true), sidecar);
    log(
        "00000000000000000001.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json",
        "{\"checkpointMetadata\":{\"version\":1}}",
        PROTOCOL_OF_V2_CHECKPOINTS,
        METADATA,
        "{\"sidecar\":{\"path\":\"s.parquet\",\"sizeInBytes\":%d,\"modificationTime\":1}}"
            .formatted(Files.size(sidecar)),
        add("d", 3));
    Files.delete(folder.resolve("_delta_log/00000000000000000000.json"));

    assertSame(1, 3);
    assertSame(2, 3);
  }

  @Test
  void theLastCheckpointIsReadAndWritten() throws IOException {
    commits(PROTOCOL);
    new TableLog(ours, folder.toUri().toString()).at(2).writeCheckpoint(ours);
    Path last = folder.resolve("_delta_log/_last_checkpoint");

    assertThat(rows(ours, CheckpointMetaData.READ_SCHEMA, last))
        .isEqualTo(rows(kernels, CheckpointMetaData.READ_SCHEMA, last));
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertThatThrownBy(
            () ->
                ours.getJsonHandler()
                    .readJsonFiles(
                        Utils.singletonCloseableIterator(
                            FileStatus.of(folder.toUri() + "none.json", 0, 0)),
                        ALL,
                        Optional.empty())
                    .hasNext())
        .hasRootCauseInstanceOf(FileNotFoundException.class);
  }

  @Test
  void columnsOfJsonAreParsed() {
    List<String> texts = List.of("{\"version\":3,\"size\":4}");
    StructType schema = CheckpointMetaData.READ_SCHEMA;
    ColumnVector json = VectorUtils.buildColumnVector(texts, StringType.STRING);

    ColumnarBatch parsed = ours.getJsonHandler().parseJson(json, schema, Optional.empty());

    assertThat(parsed.getColumnVector(0).getLong(0)).isEqualTo(3);
  }
}
