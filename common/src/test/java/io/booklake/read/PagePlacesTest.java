package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offset indexes that Thrift wrote. */
class PagePlacesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 14, 15, 16, 300})
  void placesAreThoseThatWereWritten(int pages) throws IOException {
    List<PageLocation> written = locations(pages);
    byte[] bytes = bytes(written);

    PagePlaces places = PagePlaces.read(bytes, 3, bytes.length - 3);

    assertThat(places.getPageCount()).isEqualTo(pages);
    for (int i = 0; i < pages; i++) {
      assertThat(places.getOffset(i)).isEqualTo(written.get(i).getOffset());
      assertThat(places.getCompressedPageSize(i))
          .isEqualTo(written.get(i).getCompressed_page_size());
      assertThat(places.getFirstRowIndex(i)).isEqualTo(written.get(i).getFirst_row_index());
    }
  }

  @Test
  void bytesThatAreNoOffsetIndexAreRefused() throws IOException {
    byte[] bytes = bytes(locations(2));
    for (int length = 0; length < bytes.length - 4; length++) {
      byte[] cut = Arrays.copyOfRange(bytes, 3, 3 + length);
      assertThatIOException().isThrownBy(() -> PagePlaces.read(cut, 0, cut.length));
    }
    byte[] noList = {0x19, 0x28};
    byte[] tooMany = {0x19, (byte) 0xFC, 0x7F};
    byte[] countless = {0x19, (byte) 0xFC, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    byte[] negative = {0x19, (byte) 0xFC, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    for (byte[] each : List.of(noList, tooMany, countless, negative)) {
      assertThatIOException().isThrownBy(() -> PagePlaces.read(each, 0, each.length));
    }
  }

  private static List<PageLocation> locations(int pages) {
    Random random = new Random(pages);
    List<PageLocation> locations = new ArrayList<>();
    for (int i = 0; i < pages; i++) {
      locations.add(
          new PageLocation(
              random.nextLong() >>> random.nextInt(1, 64),
              random.nextInt(1 << 20),
              random.nextLong() >>> random.nextInt(1, 64)));
    }
    return locations;
  }

  /** Behind three bytes of something else. */
  private static byte[] bytes(List<PageLocation> locations) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[3]);
    Util.writeOffsetIndex(new OffsetIndex(locations), out);
    return out.toByteArray();
  }
}
