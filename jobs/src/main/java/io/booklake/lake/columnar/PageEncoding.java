package io.booklake.lake.columnar;

/** How values of a page are encoded, by the numbers of the Parquet format. */
enum PageEncoding {
  PLAIN(0),
  RLE(3),
  DELTA_BINARY_PACKED(5),
  RLE_DICTIONARY(8);

  final int number;

  PageEncoding(int number) {
    this.number = number;
  }
}
