package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.IndexPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

class PageHeadTest {
  private static final int SIZE = 70;

  private static PageHeader header(PageType type) {
    return new PageHeader(type, 100_000, SIZE);
  }

  private static Statistics statistics() {
    Statistics statistics = new Statistics();
    statistics.setMin_value(new byte[] {1, 2, 3});
    statistics.setNull_count(-1);
    statistics.setIs_max_value_exact(true);
    return statistics;
  }

  /** Behind three bytes of something else, and with a page behind it. */
  private static byte[] bytes(PageHeader header) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[3]);
    Util.writePageHeader(header, out);
    out.write(new byte[SIZE]);
    return out.toByteArray();
  }

  private static PageHead read(byte[] bytes) throws IOException {
    return PageHead.read(bytes, 3, bytes.length - 3);
  }

  @Test
  void aPageOfTheFirstVersionIsAsItWasWritten() throws IOException {
    PageHeader header = header(PageType.DATA_PAGE);
    DataPageHeader values =
        new DataPageHeader(2_000, Encoding.RLE_DICTIONARY, Encoding.RLE, Encoding.RLE);
    values.setStatistics(statistics());
    header.setData_page_header(values);
    byte[] bytes = bytes(header);

    assertThat(read(bytes))
        .isEqualTo(
            new PageHead(
                bytes.length - 3 - SIZE, SIZE, 100_000, null, 2_000, 0, 8, false, 0, 0, true));
  }

  @Test
  void aPageOfTheSecondVersionIsAsItWasWritten() throws IOException {
    PageHeader header = header(PageType.DATA_PAGE_V2);
    header.setCrc(-5);
    DataPageHeaderV2 values =
        new DataPageHeaderV2(2_000, 7, 1_999, Encoding.DELTA_BINARY_PACKED, 3, 4);
    values.setIs_compressed(false);
    values.setStatistics(statistics());
    header.setData_page_header_v2(values);
    byte[] bytes = bytes(header);

    assertThat(read(bytes))
        .isEqualTo(
            new PageHead(
                bytes.length - 3 - SIZE, SIZE, 100_000, -5, 2_000, 7, 5, true, 4, 3, false));
    values.setIs_compressed(true);
    assertThat(read(bytes(header)).isCompressed()).isTrue();
    values.unsetIs_compressed();
    assertThat(read(bytes(header)).isCompressed()).isTrue();
  }

  @Test
  void aPageOfNumberedValuesIsAsItWasWritten() throws IOException {
    PageHeader header = header(PageType.DICTIONARY_PAGE);
    DictionaryPageHeader values = new DictionaryPageHeader(300, Encoding.PLAIN);
    values.setIs_sorted(true);
    header.setDictionary_page_header(values);
    byte[] bytes = bytes(header);

    assertThat(read(bytes))
        .isEqualTo(
            new PageHead(
                bytes.length - 3 - SIZE, SIZE, 100_000, null, 300, 0, 0, false, 0, 0, true));
  }

  @Test
  void bytesThatAreNoPageAreRefused() throws IOException {
    PageHeader index = header(PageType.INDEX_PAGE);
    index.setIndex_page_header(new IndexPageHeader());
    PageHeader negative = header(PageType.DICTIONARY_PAGE);
    negative.setDictionary_page_header(new DictionaryPageHeader(300, Encoding.PLAIN));
    negative.setCompressed_page_size(-1);
    PageHeader negativeWhole = header(PageType.DICTIONARY_PAGE);
    negativeWhole.setDictionary_page_header(new DictionaryPageHeader(300, Encoding.PLAIN));
    negativeWhole.setUncompressed_page_size(-1);
    PageHeader tooLong = header(PageType.DICTIONARY_PAGE);
    tooLong.setDictionary_page_header(new DictionaryPageHeader(300, Encoding.PLAIN));
    tooLong.setCompressed_page_size(SIZE + 1);
    for (PageHeader each : List.of(index, negative, negativeWhole, tooLong)) {
      byte[] bytes = bytes(each);
      assertThatIOException().isThrownBy(() -> read(bytes));
    }
    byte[] sound = bytes(tooLong);
    for (int length = 3; length < sound.length - SIZE; length++) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatIOException().isThrownBy(() -> read(cut));
    }
  }
}
