package io.booklake.simulate;

import io.booklake.format.lobster.LobsterWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated day as the text of its files, in memory. */
final class WrittenDay {
  private final Map<Integer, ByteArrayOutputStream> messages = new TreeMap<>();
  private final Map<Integer, ByteArrayOutputStream> books = new TreeMap<>();
  private final Map<Integer, List<String>> messageLines = new TreeMap<>();
  private final Map<Integer, List<String>> bookLines = new TreeMap<>();

  private WrittenDay() {}

  static WrittenDay of(DayPlan plan) throws IOException {
    return of(plan, (levels, eventIndex, exchange) -> {});
  }

  static WrittenDay of(DayPlan plan, Observer observer) throws IOException {
    WrittenDay day = new WrittenDay();
    Map<Integer, LobsterWriter> writers = new TreeMap<>();
    for (int depth : plan.levels()) {
      day.messages.put(depth, new ByteArrayOutputStream());
      day.books.put(depth, new ByteArrayOutputStream());
      writers.put(depth, new LobsterWriter(day.messages.get(depth), day.books.get(depth), depth));
    }
    new Simulation(plan, batch -> writers.get(batch.levels).write(batch), observer).run();
    for (LobsterWriter writer : writers.values()) {
      writer.close();
    }
    day.messages.forEach((depth, bytes) -> day.messageLines.put(depth, lines(bytes)));
    day.books.forEach((depth, bytes) -> day.bookLines.put(depth, lines(bytes)));
    return day;
  }

  byte[] messageBytes(int depth) {
    return messages.get(depth).toByteArray();
  }

  byte[] bookBytes(int depth) {
    return books.get(depth).toByteArray();
  }

  List<String> messages(int depth) {
    return messageLines.get(depth);
  }

  List<String> books(int depth) {
    return bookLines.get(depth);
  }

  List<Message> parsedMessages(int depth) {
    return messages(depth).stream().map(Message::of).toList();
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.US_ASCII).lines().toList();
  }

  /** One line of a message file, read the slow and obvious way. */
  record Message(String time, int type, long orderId, long size, long price, int direction) {
    static Message of(String line) {
      String[] parts = line.split(",", -1);
      return new Message(
          parts[0],
          Integer.parseInt(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          Integer.parseInt(parts[5]));
    }
  }
}
