package io.booklake.job;

import io.booklake.model.TickerDay;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Some ticker-days out of many, the same in every run: chosen by a hash of their key. A larger
 * sample holds all of a smaller one.
 *
 * @param count how many; 0 to go by share
 * @param share part of all, more than 0 and at most 1
 */
public record Sample(int count, double share) {
  /** Every ticker-day. */
  public static final Sample ALL = new Sample(0, 1);

  /**
   * Reads a number of ticker-days, 1 or more, or a share of them, such as 0.1.
   *
   * @param text null for all
   * @throws InvalidInputException if it is neither
   */
  public static Sample parse(String text) {
    if (text == null) {
      return ALL;
    }
    if (text.matches("[1-9]\\d{0,8}")) {
      return new Sample(Integer.parseInt(text), 0);
    }
    if (text.matches("0?\\.\\d{1,9}") && Double.parseDouble(text) > 0) {
      return new Sample(0, Double.parseDouble(text));
    }
    throw new InvalidInputException(
        "--sample: found '"
            + text
            + "', expected a number of ticker-days such as 20, or a share of them such as 0.1");
  }

  /** Its part of these, in their order. */
  List<TickerDay> of(Collection<TickerDay> days) {
    int wanted = count > 0 ? count : (int) Math.ceil(share * days.size());
    Map<TickerDay, String> hashes = new HashMap<>();
    days.forEach(day -> hashes.put(day, hash(day)));
    return days.stream().sorted(Comparator.comparing(hashes::get)).limit(wanted).sorted().toList();
  }

  private static String hash(TickerDay day) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(day.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
