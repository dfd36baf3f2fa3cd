package io.booklake.read;

import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Finds the columns of a file that a schema of actions asks for: whole numbers, truth values, text,
 * lists and maps of text, and structs of these. What stands between a list and its elements may
 * have any name, as old writers have others.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">Parquet,
 *     Logical Types</a>
 */
final class LogShape {
  private final IndexedFile file;
  private final List<StoredLeaf> leaves = new ArrayList<>();
  private boolean isKnown = true;

  /**
   * An element of the file's schema.
   *
   * @param column its number; of what holds some that of the first of them
   * @param definition from which on it is there
   */
  private record Node(Footer.Element element, int column, int definition, List<Node> children) {
    boolean isRepeated() {
      return element.repetition() == Repetition.REPEATED;
    }

    boolean isOf(PrimitiveTypeName type) {
      return element.type() == type && !isRepeated();
    }

    boolean holds(int count) {
      return element.type() == null && children.size() == count;
    }
  }

  /**
   * What was found.
   *
   * @param row puts rows together
   * @param leaves all of its columns, at least one
   */
  record Found(RowPart row, List<StoredLeaf> leaves) {}

  private LogShape(IndexedFile file) {
    this.file = file;
  }

  /** What a schema asks for; empty if some of it is not known here, or is stored in another way. */
  static Optional<Found> find(IndexedFile file, StructType schema) {
    LogShape shape = new LogShape(file);
    Tree tree = new Tree(file.elements().iterator());
    RowPart row = shape.struct(tree.whole(), schema);
    return shape.isKnown ? Optional.of(new Found(row, shape.leaves)) : Optional.empty();
  }

  /** Makes nodes of elements that stand one behind the other. */
  private static final class Tree {
    private final Iterator<Footer.Element> elements;
    private int columns;

    Tree(Iterator<Footer.Element> elements) {
      this.elements = elements;
    }

    /** The whole row, which is there whatever a writer says of it. */
    Node whole() {
      return node(elements.next(), 0);
    }

    private Node node(Footer.Element element, int definition) {
      int first = columns;
      if (element.type() != null) {
        columns++;
      }
      List<Node> children = new ArrayList<>();
      for (int i = 0; i < element.children(); i++) {
        Footer.Element child = elements.next();
        boolean isAlways = child.repetition() == Repetition.REQUIRED;
        children.add(node(child, isAlways ? definition : definition + 1));
      }
      return new Node(element, first, definition, children);
    }
  }

  private RowPart unknown() {
    isKnown = false;
    return null;
  }

  private RowPart struct(Node node, StructType schema) {
    Map<Integer, RowPart> parts = new TreeMap<>();
    for (int i = 0; i < schema.length(); i++) {
      StructField field = schema.at(i);
      if (field.isMetadataColumn()
          || field.getMetadata().contains(ColumnMapping.PARQUET_FIELD_ID_KEY)) {
        return unknown();
      }
      Node child = child(node, field.getName());
      if (child != null) {
        parts.put(i, part(child, field.getDataType()));
      }
    }
    // Without a column nothing tells where it is NULL.
    return parts.isEmpty() ? unknown() : new RowPart.Struct(schema, node.definition, parts);
  }

  /** What has a name; null if there is none. */
  private Node child(Node node, String name) {
    Node similar = null;
    for (Node child : node.children) {
      if (child.element.name().equals(name)) {
        return child;
      }
      if (child.element.name().equalsIgnoreCase(name)) {
        similar = child;
      }
    }
    if (similar != null) {
      // Kernel's reader takes such a column; no writer of a log makes one.
      unknown();
    }
    return null;
  }

  private RowPart part(Node node, DataType type) {
    if (type instanceof StructType struct && node.element.type() == null && !node.isRepeated()) {
      return struct(node, struct);
    }
    if (type instanceof MapType map && isText(map.getKeyType()) && isText(map.getValueType())) {
      return texts(node);
    }
    if (type instanceof ArrayType array && isText(array.getElementType())) {
      return words(node);
    }
    PrimitiveTypeName stored = stored(type);
    return stored != null && node.isOf(stored)
        ? new RowPart.Single(leaf(node), type instanceof IntegerType)
        : unknown();
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType;
  }

  private static PrimitiveTypeName stored(DataType type) {
    if (isText(type)) {
      return PrimitiveTypeName.BINARY;
    }
    if (type instanceof LongType) {
      return PrimitiveTypeName.INT64;
    }
    if (type instanceof IntegerType) {
      return PrimitiveTypeName.INT32;
    }
    return type instanceof BooleanType ? PrimitiveTypeName.BOOLEAN : null;
  }

  private RowPart texts(Node node) {
    Node entry = repeated(node, 2);
    if (entry == null) {
      return unknown();
    }
    Node key = child(entry, "key");
    Node value = child(entry, "value");
    return isText(key) && isText(value)
        ? new RowPart.Maps(leaf(key), leaf(value), node.definition)
        : unknown();
  }

  private RowPart words(Node node) {
    Node entry = repeated(node, 1);
    return entry != null && isText(entry.children.get(0))
        ? new RowPart.Words(leaf(entry.children.get(0)), node.definition)
        : unknown();
  }

  private static boolean isText(Node node) {
    return node != null && node.isOf(PrimitiveTypeName.BINARY);
  }

  /** What stands between a list or a map and what is in it; null if it is none. */
  private static Node repeated(Node node, int children) {
    if (node.isRepeated() || !node.holds(1)) {
      return null;
    }
    Node entry = node.children.get(0);
    return entry.isRepeated() && entry.holds(children) ? entry : null;
  }

  private StoredLeaf leaf(Node node) {
    StoredLeaf leaf = new StoredLeaf(file, node.column);
    leaves.add(leaf);
    return leaf;
  }
}
