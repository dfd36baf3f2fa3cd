package io.booklake.read;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What puts values of nested rows together again, of the columns they were taken apart into. */
interface RowPart {

  /**
   * The next row's value as Kernel has it; null for NULL.
   *
   * @throws IOException if a page is damaged
   */
  Object next() throws IOException;

  /** Any of its columns: each of them says whether what holds it is there. */
  StoredLeaf any();

  /**
   * A value of its own.
   *
   * @param isInt whether Kernel wants an Integer
   */
  record Single(StoredLeaf leaf, boolean isInt) implements RowPart {
    @Override
    public Object next() throws IOException {
      Object value = leaf.take();
      return isInt && value instanceof Long number ? (Object) number.intValue() : value;
    }

    @Override
    public StoredLeaf any() {
      return leaf;
    }
  }

  /**
   * Fields.
   *
   * @param definition from which on it is there
   * @param parts by the number of the field, at least one; what is missing is NULL
   */
  record Struct(StructType schema, int definition, Map<Integer, RowPart> parts) implements RowPart {
    @Override
    public Row next() throws IOException {
      boolean isThere = any().definition() >= definition;
      Map<Integer, Object> values = new HashMap<>();
      for (Map.Entry<Integer, RowPart> part : parts.entrySet()) {
        // A column has a place for every row, also where nothing of what holds it is there.
        Object value = part.getValue().next();
        if (value != null) {
          values.put(part.getKey(), value);
        }
      }
      return isThere ? new GenericRow(schema, values) : null;
    }

    @Override
    public StoredLeaf any() {
      return parts.values().iterator().next().any();
    }
  }

  /**
   * Values by text.
   *
   * @param definition from which on it is there; one more from which on it has an entry
   */
  record Maps(StoredLeaf keys, StoredLeaf values, int definition) implements RowPart {
    @Override
    public Entries next() throws IOException {
      int found = keys.definition();
      List<Object> allKeys = new ArrayList<>();
      List<Object> allValues = new ArrayList<>();
      do {
        Object key = keys.take();
        Object value = values.take();
        if (found > definition) {
          allKeys.add(key);
          allValues.add(value);
        }
      } while (keys.isInRow());
      return found < definition ? null : new Entries(allKeys, allValues);
    }

    @Override
    public StoredLeaf any() {
      return keys;
    }
  }

  /** As they stand in the file, even if a key comes twice. For Kernel values are text, too. */
  record Entries(List<Object> keys, List<Object> values) implements MapValue {
    @Override
    public int getSize() {
      return keys.size();
    }

    @Override
    public ColumnVector getKeys() {
      return VectorUtils.buildColumnVector(keys, StringType.STRING);
    }

    @Override
    public ColumnVector getValues() {
      return VectorUtils.buildColumnVector(values, StringType.STRING);
    }

    /** Of a key that comes twice, the last value. */
    Map<String, Object> byKey() {
      Map<String, Object> entries = new HashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        entries.put((String) keys.get(i), values.get(i));
      }
      return entries;
    }
  }

  /**
   * Texts one behind the other.
   *
   * @param definition from which on they are there; one more from which on there is an element
   */
  record Words(StoredLeaf leaf, int definition) implements RowPart {
    @Override
    public ArrayValue next() throws IOException {
      int found = leaf.definition();
      List<Object> elements = new ArrayList<>();
      do {
        Object element = leaf.take();
        if (found > definition) {
          elements.add(element);
        }
      } while (leaf.isInRow());
      return found < definition ? null : VectorUtils.buildArrayValue(elements, StringType.STRING);
    }

    @Override
    public StoredLeaf any() {
      return leaf;
    }
  }
}
