package io.booklake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.booklake.table.Column;
import io.booklake.table.ColumnRange;
import io.booklake.table.ColumnType;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a log tells of a file, whoever wrote it: what is not known must not be taken for nothing.
 */
class LiveFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DAY = 19_000;

  @TempDir private Path folder;

  /** The log of a table with one file of 9 rows at most. */
  private TableLog log(String date, String statistics, boolean hasDeletions) throws IOException {
    ObjectNode protocol = JSON.createObjectNode();
    ObjectNode versions = protocol.putObject("protocol");
    versions.put("minReaderVersion", 3).put("minWriterVersion", 7);
    versions.putArray("readerFeatures").add("deletionVectors");
    versions.putArray("writerFeatures").add("deletionVectors");
    ObjectNode table = JSON.createObjectNode();
    ObjectNode metadata = table.putObject("metaData").put("id", "t");
    metadata.putObject("format").put("provider", "parquet").putObject("options");
    metadata.put(
        "schemaString",
        DeltaSchemas.of(
                List.of(
                    new Column("day", ColumnType.DATE, ""),
                    new Column("n", ColumnType.LONG, ""),
                    new Column("name", ColumnType.STRING, ""),
                    new Column("other", ColumnType.STRING, "")))
            .toJson());
    metadata.putArray("partitionColumns").add("day");
    metadata.putObject("configuration");
    ObjectNode addition = JSON.createObjectNode();
    ObjectNode add = addition.putObject("add").put("path", "part.parquet").put("size", 1);
    add.putObject("partitionValues").put("day", date);
    add.put("modificationTime", 1).put("dataChange", true).put("stats", statistics);
    if (hasDeletions) {
      add.putObject("deletionVector")
          .put("storageType", "u")
          .put("pathOrInlineDv", "ab^-aqEH.-t@S}K{vb[*k^")
          .put("offset", 4)
          .put("sizeInBytes", 40)
          .put("cardinality", 6);
    }
    Files.write(
        Files.createDirectories(folder.resolve("_delta_log")).resolve("%020d.json".formatted(0)),
        List.of(protocol.toString(), table.toString(), addition.toString()));
    return new TableLog(new LakeEngine(FileSettings.local()), folder.toUri().toString());
  }

  private LiveFile file(String date, String statistics) throws IOException {
    TableLog log = log(date, statistics, false);
    return log.files(log.at(0)).get(0);
  }

  @Test
  void aColumnIsAllNullOnlyWhereAsManyRowsAreNullAsThereAre() throws IOException {
    LiveFile file =
        file(
            "2022-01-08",
            "{\"numRecords\":9,\"minValues\":{\"n\":3},\"maxValues\":{\"n\":7},"
                + "\"nullCount\":{\"n\":2,\"name\":9,\"other\":8}}");

    assertThat(file.rows()).isEqualTo(9);
    assertThat(file.ranges())
        .containsOnlyKeys("day", "n", "name")
        .containsEntry("day", new ColumnRange(DAY, DAY, 0))
        .containsEntry("n", new ColumnRange(3L, 7L, 2))
        .containsEntry("name", new ColumnRange(null, null, 9));
  }

  @Test
  void aColumnOfWhichOneEndIsNotToldMayHoldAnything() throws IOException {
    LiveFile file =
        file(
            "2022-01-08",
            "{\"numRecords\":9,\"minValues\":{\"n\":3},\"maxValues\":{\"name\":\"x\"},"
                + "\"nullCount\":{\"n\":0,\"name\":0}}");

    assertThat(file.ranges()).containsOnlyKeys("day");
  }

  @Test
  void ofAFileWithoutStatisticsOrDateNothingIsKnown() throws IOException {
    LiveFile file = file(null, null);

    assertThat(file.ranges()).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(file::rows)
        .withMessageContainingAll("part.parquet", "no row count");
  }

  @Test
  void aFileOfWhichRowsWereDeletedIsNotReadAsIfTheyWereThere() throws IOException {
    TableLog log = log("2022-01-08", null, true);
    Snapshot snapshot = log.at(0);

    assertThat(log.named(snapshot)).hasSize(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> log.files(snapshot))
        .withMessageContainingAll("part.parquet", "deletion vector");
  }
}
