package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.booklake.table.ColumnRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;

class PageRangesTest {
  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ColumnIndex index() {
    return new ColumnIndex(
        List.of(false, true, false),
        List.of(text("a"), text(""), text("\u00e4")),
        List.of(text("bcd"), text(""), text("\u00e4\u00f6")),
        BoundaryOrder.UNORDERED);
  }

  private static byte[] bytes(ColumnIndex index) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeColumnIndex(index, out);
    return out.toByteArray();
  }

  private static List<ColumnRange> read(PrimitiveTypeName type, byte[] bytes) throws IOException {
    return PageRanges.read(type, bytes, 0, bytes.length);
  }

  @Test
  void whoDoesNotCountNullMayHaveOne() throws IOException {
    ColumnIndex index = index();
    assertThat(read(PrimitiveTypeName.BINARY, bytes(index)))
        .containsExactly(
            new ColumnRange("a", "bcd", 1),
            new ColumnRange(null, null, 1),
            new ColumnRange("\u00e4", "\u00e4\u00f6", 1));
    index.setNull_counts(List.of(0L, 100L, 3L));
    assertThat(read(PrimitiveTypeName.BINARY, bytes(index)))
        .extracting(ColumnRange::nulls)
        .containsExactly(0L, 100L, 3L);
  }

  @Test
  void bytesThatAreNoColumnIndexAreRefused() throws IOException {
    ColumnIndex fewer = index();
    fewer.setMax_values(List.of(text("z")));
    ColumnIndex fewerCounts = index();
    fewerCounts.setNull_counts(List.of(1L));
    for (ColumnIndex each : List.of(fewer, fewerCounts)) {
      byte[] bytes = bytes(each);
      assertThatIOException().isThrownBy(() -> read(PrimitiveTypeName.BINARY, bytes));
    }
    byte[] sound = bytes(index());
    for (int length = 0; length < sound.length; length++) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatIOException().isThrownBy(() -> read(PrimitiveTypeName.BINARY, cut));
    }
    byte[] nothing = {0};
    assertThatIOException().isThrownBy(() -> read(PrimitiveTypeName.BINARY, nothing));
    assertThatIOException().isThrownBy(() -> read(PrimitiveTypeName.INT64, sound));
  }
}
