package io.booklake.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * What stands at a file's end: the columns, and what each row group holds. parquet-java's class for
 * it has a way to print itself as JSON, for which it loads 400 classes when it is first made.
 *
 * @param schema the columns by how they are stored; what they mean the catalog knows
 */
record Footer(MessageType schema, List<BlockMetaData> rowGroups) {
  private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

  /**
   * Decodes a footer.
   *
   * @throws IOException if the bytes are none
   */
  static Footer read(byte[] bytes, int from, int length) throws IOException {
    FileMetaData stored = Util.readFileMetaData(new ByteArrayInputStream(bytes, from, length));
    List<SchemaElement> elements = stored.getSchema();
    List<Type> fields = new ArrayList<>();
    int at = 1;
    for (int i = 0; i < elements.get(0).getNum_children(); i++) {
      at = add(fields, elements, at);
    }
    MessageType schema = new MessageType(elements.get(0).getName(), fields);
    List<BlockMetaData> rowGroups = new ArrayList<>();
    for (RowGroup group : stored.getRow_groups()) {
      rowGroups.add(rowGroup(group, schema.getColumns(), stored.getCreated_by()));
    }
    return new Footer(schema, rowGroups);
  }

  /** A field with all that is in it; where the next one stands. */
  private static int add(List<Type> fields, List<SchemaElement> elements, int at) {
    SchemaElement element = elements.get(at);
    Repetition repetition = repetition(element.getRepetition_type());
    if (element.isSetType()) {
      fields.add(
          Types.primitive(CONVERTER.getPrimitive(element.getType()), repetition)
              .length(element.getType_length())
              .named(element.getName()));
      return at + 1;
    }
    List<Type> children = new ArrayList<>();
    int next = at + 1;
    for (int i = 0; i < element.getNum_children(); i++) {
      next = add(children, elements, next);
    }
    fields.add(new GroupType(repetition, element.getName(), children));
    return next;
  }

  private static Repetition repetition(FieldRepetitionType stored) {
    return switch (stored) {
      case REQUIRED -> Repetition.REQUIRED;
      case OPTIONAL -> Repetition.OPTIONAL;
      case REPEATED -> Repetition.REPEATED;
    };
  }

  private static BlockMetaData rowGroup(
      RowGroup stored, List<ColumnDescriptor> columns, String writer) {
    BlockMetaData group = new BlockMetaData();
    group.setRowCount(stored.getNum_rows());
    group.setTotalByteSize(stored.getTotal_byte_size());
    for (int i = 0; i < columns.size(); i++) {
      ColumnChunk chunk = stored.getColumns().get(i);
      ColumnChunkMetaData column =
          CONVERTER.buildColumnChunkMetaData(
              chunk.getMeta_data(),
              ColumnPath.get(columns.get(i).getPath()),
              columns.get(i).getPrimitiveType(),
              writer);
      if (chunk.isSetColumn_index_offset()) {
        column.setColumnIndexReference(
            new IndexReference(chunk.getColumn_index_offset(), chunk.getColumn_index_length()));
      }
      if (chunk.isSetOffset_index_offset()) {
        column.setOffsetIndexReference(
            new IndexReference(chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
      }
      group.addColumn(column);
    }
    return group;
  }
}
