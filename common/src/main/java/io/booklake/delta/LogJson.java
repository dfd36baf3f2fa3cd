package io.booklake.delta;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.internal.data.DefaultRowBasedColumnarBatch;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The actions of a log, token by token: Kernel's own reader makes a tree of every line first, by
 * Jackson's data binding, which is 350 classes and a sixth of the time that a process needs to open
 * a lake. Everything else is Kernel's own: what is written, JSON in columns, and files with values
 * of types that no action of Delta's protocol has.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#actions">Delta's
 *     protocol, Actions</a>
 */
final class LogJson implements JsonHandler {
  private static final int BATCH_ROWS = 1024;
  private static final JsonFactory JSON = new JsonFactory();

  private final FileIO files;

  LogJson(FileIO files) {
    this.files = files;
  }

  private JsonHandler others() {
    return new DefaultJsonHandler(files);
  }

  @Override
  public ColumnarBatch parseJson(
      ColumnVector json, StructType schema, Optional<ColumnVector> selection) {
    return others().parseJson(json, schema, selection);
  }

  @Override
  public void writeJsonFileAtomically(String path, CloseableIterator<Row> rows, boolean overwrite)
      throws IOException {
    others().writeJsonFileAtomically(path, rows, overwrite);
  }

  @Override
  public CloseableIterator<ColumnarBatch> readJsonFiles(
      CloseableIterator<FileStatus> from, StructType schema, Optional<Predicate> predicate)
      throws IOException {
    return isOfActions(schema)
        ? new Batches(from, schema)
        : others().readJsonFiles(from, schema, predicate);
  }

  private static boolean isOfActions(DataType type) {
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (!isOfActions(field.getDataType())) {
          return false;
        }
      }
      return true;
    }
    if (type instanceof MapType map) {
      return map.getKeyType() instanceof StringType && map.getValueType() instanceof StringType;
    }
    if (type instanceof ArrayType array) {
      return isOfActions(array.getElementType());
    }
    return type instanceof StringType
        || type instanceof LongType
        || type instanceof IntegerType
        || type instanceof BooleanType;
  }

  /** The rows of some files, in their order. */
  private final class Batches implements CloseableIterator<ColumnarBatch> {
    private final CloseableIterator<FileStatus> from;
    private final StructType schema;
    private String path;
    private JsonParser parser;

    /** Whether the parser stands at the begin of a row. */
    private boolean isAtRow;

    Batches(CloseableIterator<FileStatus> from, StructType schema) {
      this.from = from;
      this.schema = schema;
    }

    @Override
    public boolean hasNext() {
      try {
        while (!isAtRow) {
          if (parser != null && parser.nextToken() != null) {
            isAtRow = true;
          } else if (from.hasNext()) {
            open(from.next());
          } else {
            return false;
          }
        }
        return true;
      } catch (IOException e) {
        throw damaged(e);
      }
    }

    private void open(FileStatus file) throws IOException {
      Utils.closeCloseables(parser);
      parser = null;
      path = file.getPath();
      parser = JSON.createParser(files.newInputFile(path, file.getSize()).newStream());
    }

    @Override
    public ColumnarBatch next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<Row> rows = new ArrayList<>();
      do {
        try {
          rows.add(row(parser, schema));
        } catch (IOException e) {
          throw damaged(e);
        }
        isAtRow = false;
      } while (rows.size() < BATCH_ROWS && hasNext());
      return new DefaultRowBasedColumnarBatch(schema, rows);
    }

    private KernelEngineException damaged(IOException cause) {
      return new KernelEngineException(path + " is not readable as JSON of a log", cause);
    }

    @Override
    public void close() throws IOException {
      Utils.closeCloseables(parser, from);
    }
  }

  /** Fields that the schema does not have are passed over; of two with one name the last counts. */
  private static Row row(JsonParser in, StructType schema) throws IOException {
    expect(in, JsonToken.START_OBJECT);
    Map<Integer, Object> values = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      int field = schema.indexOf(in.currentName());
      in.nextToken();
      if (field < 0) {
        in.skipChildren();
      } else {
        values.put(field, value(in, schema.at(field).getDataType()));
      }
    }
    for (int i = 0; i < schema.length(); i++) {
      if (values.get(i) == null && !schema.at(i).isNullable()) {
        throw new JsonParseException(in, "there is no " + schema.at(i).getName());
      }
    }
    return new GenericRow(schema, values);
  }

  private static Object value(JsonParser in, DataType type) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (type instanceof StructType struct) {
      return row(in, struct);
    }
    if (type instanceof MapType map) {
      return map(in, map);
    }
    if (type instanceof ArrayType array) {
      return array(in, array);
    }
    if (type instanceof BooleanType) {
      return in.getBooleanValue();
    }
    if (type instanceof StringType) {
      expect(in, JsonToken.VALUE_STRING);
      return in.getText();
    }
    expect(in, JsonToken.VALUE_NUMBER_INT);
    return type instanceof LongType ? (Object) in.getLongValue() : (Object) in.getIntValue();
  }

  /** Of text, but some writers leave numbers and truth values in it as they are. */
  private static MapValue map(JsonParser in, MapType type) throws IOException {
    expect(in, JsonToken.START_OBJECT);
    Map<String, String> entries = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      JsonToken token = in.nextToken();
      if (token.isStructStart() || (token == JsonToken.VALUE_NULL && !type.isValueContainsNull())) {
        throw new JsonParseException(in, key + " has no text");
      }
      entries.put(key, token == JsonToken.VALUE_NULL ? null : in.getText());
    }
    return VectorUtils.stringStringMapValue(entries);
  }

  private static ArrayValue array(JsonParser in, ArrayType type) throws IOException {
    expect(in, JsonToken.START_ARRAY);
    List<Object> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Object element = value(in, type.getElementType());
      if (element == null && !type.containsNull()) {
        throw new JsonParseException(in, "there is an element without a value");
      }
      elements.add(element);
    }
    return VectorUtils.buildArrayValue(elements, type.getElementType());
  }

  private static void expect(JsonParser in, JsonToken token) throws IOException {
    if (in.currentToken() != token) {
      throw new JsonParseException(in, "found " + in.currentToken() + ", expected " + token);
    }
  }
}
