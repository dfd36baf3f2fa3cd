package io.booklake.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Kernel's batches hold, to be compared. */
public final class KernelRows {
  private KernelRows() {}

  /** All rows: lists of values by field, structs as maps, maps as lists of keys and of values. */
  public static List<Object> of(CloseableIterator<ColumnarBatch> batches, StructType schema) {
    List<Object> rows = new ArrayList<>();
    while (batches.hasNext()) {
      ColumnarBatch batch = batches.next();
      for (int row = 0; row < batch.getSize(); row++) {
        List<Object> values = new ArrayList<>();
        for (int field = 0; field < schema.length(); field++) {
          values.add(value(batch.getColumnVector(field), row));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static Object value(ColumnVector values, int row) {
    DataType type = values.getDataType();
    if (values.isNullAt(row)) {
      return null;
    }
    if (type instanceof StructType struct) {
      Map<String, Object> fields = new HashMap<>();
      for (int i = 0; i < struct.length(); i++) {
        fields.put(struct.at(i).getName(), value(values.getChild(i), row));
      }
      return fields;
    }
    if (type instanceof MapType) {
      MapValue map = values.getMap(row);
      return List.of(
          elements(map.getKeys(), map.getSize()), elements(map.getValues(), map.getSize()));
    }
    if (type instanceof ArrayType) {
      return elements(values.getArray(row).getElements(), values.getArray(row).getSize());
    }
    return VectorUtils.getValueAsObject(values, type, row);
  }

  private static List<Object> elements(ColumnVector values, int count) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(value(values, i));
    }
    return elements;
  }
}
