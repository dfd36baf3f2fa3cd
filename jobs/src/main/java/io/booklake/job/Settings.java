package io.booklake.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.booklake.model.PriceBin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings of {@code conf/booklake.yaml}, whose sentences say what each is for. The file in the
 * jar gives the defaults; the user's file and then the command line go over them.
 */
public record Settings(
    String lake,
    List<String> landing,
    Fetch fetch,
    Ingest ingest,
    Candles candles,
    VolumeProfile volumeProfile,
    DepthMetrics depthMetrics,
    Vacuum vacuum,
    Optimize optimize) {

  /** Settings of the fetch: where data comes from, so no part of a result. */
  public record Fetch(List<String> datasets) {}

  /** Settings of the ingest. */
  public record Ingest(
      double maxBrokenTransitionShare,
      double maxCrossedRowShare,
      int tickerDaysPerCommit,
      boolean orderLevelBook,
      int snapshotInterval) {}

  /** Settings of the candles. */
  public record Candles(List<String> bars, boolean emptyBars) {}

  /** Settings of the volume profile. */
  public record VolumeProfile(List<String> windows, BigDecimal binDollars) {}

  /** Settings of the depth metrics. */
  public record DepthMetrics(List<String> grids) {}

  /** Settings of the vacuum: how long what is superseded stays, so no part of a result. */
  public record Vacuum(int retentionHours) {}

  /** Settings of the compaction: how rows lie, so no part of a result. */
  public record Optimize(int targetFileMegabytes) {}

  /** Readers and runs that are under way need what was the newest when they began. */
  private static final int SHORTEST_RETENTION_HOURS = 24;

  /** The indexes of a larger file would be too much to hold for a reader. */
  private static final int LARGEST_FILE_MEGABYTES = 1024;

  private static final YAMLFactory YAML_FACTORY = new YAMLFactory();
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // What would be passed over in silence is a slip of who wrote it.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /**
   * The defaults with a user's file over them.
   *
   * @param file null for the defaults alone
   * @throws InvalidInputException if the file cannot be read, has an unknown key or a value of the
   *     wrong kind
   */
  public static Settings load(Path file) {
    JsonNode settings = defaults();
    if (file != null) {
      JsonNode own = read(file);
      check(file, "", settings, own);
      settings = merge((ObjectNode) settings, own);
    }
    try {
      Settings checked = YAML.treeToValue(settings, Settings.class);
      checked.check(file);
      return checked;
    } catch (JsonMappingException e) {
      throw new InvalidInputException(
          file
              + ": the value of '"
              + e.getPath().stream().map(Settings::key).collect(Collectors.joining("."))
              + "' is not right: "
              + e.getOriginalMessage()
              + ". See conf/booklake.yaml.",
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(JsonMappingException.Reference step) {
    return step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
  }

  private void check(Path file) {
    expect(lake != null && !lake.isBlank(), file, "lake", "a URI");
    expect(isFilled(landing), file, "landing", "at least one URI");
    expect(
        fetch != null && fetch.datasets != null && !fetch.datasets.contains(null),
        file,
        "fetch.datasets",
        "datasets, or []");
    expect(
        ingest != null && ingest.tickerDaysPerCommit >= 1,
        file,
        "ingest.ticker-days-per-commit",
        "1 or more");
    expect(ingest.snapshotInterval >= 1, file, "ingest.snapshot-interval", "1 or more events");
    expect(
        isShare(ingest.maxBrokenTransitionShare),
        file,
        "ingest.max-broken-transition-share",
        "0 to 1");
    expect(isShare(ingest.maxCrossedRowShare), file, "ingest.max-crossed-row-share", "0 to 1");
    expect(candles != null && isFilled(candles.bars), file, "candles.bars", "at least one bar");
    expect(
        volumeProfile != null && isFilled(volumeProfile.windows),
        file,
        "volume-profile.windows",
        "at least one window");
    expect(
        isBin(volumeProfile.binDollars),
        file,
        "volume-profile.bin-dollars",
        "US dollars in whole steps of 0.0001 and more than 0");
    expect(
        depthMetrics != null && isFilled(depthMetrics.grids),
        file,
        "depth-metrics.grids",
        "at least one grid");
    expect(
        vacuum != null && vacuum.retentionHours >= SHORTEST_RETENTION_HOURS,
        file,
        "vacuum.retention-hours",
        SHORTEST_RETENTION_HOURS + " or more");
    expect(
        optimize != null
            && optimize.targetFileMegabytes >= 1
            && optimize.targetFileMegabytes <= LARGEST_FILE_MEGABYTES,
        file,
        "optimize.target-file-megabytes",
        "1 to " + LARGEST_FILE_MEGABYTES);
  }

  private static void expect(boolean holds, Path file, String key, String expected) {
    if (!holds) {
      throw new InvalidInputException(
          file
              + ": the value of '"
              + key
              + "' is not right, expected "
              + expected
              + ". See conf/booklake.yaml.");
    }
  }

  private static boolean isFilled(List<String> texts) {
    return texts != null && !texts.isEmpty() && !texts.contains(null);
  }

  /** Not by its plain digits, of which 1e1000000000 has more than fit into memory. */
  private static boolean isBin(BigDecimal dollars) {
    try {
      return dollars != null && PriceBin.parse(dollars.toString()).ticks() > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isShare(double share) {
    return share >= 0 && share <= 1;
  }

  /**
   * The same with another lake; null keeps it.
   *
   * @throws InvalidInputException if it is blank, as an unset variable of a shell is
   */
  public Settings withLake(String other) {
    if (other == null) {
      return this;
    }
    if (other.isBlank()) {
      throw new InvalidInputException("--lake: found '" + other + "', expected a folder or a URI");
    }
    return new Settings(
        other, landing, fetch, ingest, candles, volumeProfile, depthMetrics, vacuum, optimize);
  }

  /**
   * The same with other landing URIs; empty keeps them.
   *
   * @throws InvalidInputException if one is blank, as an unset variable of a shell is
   */
  public Settings withLanding(List<String> others) {
    if (others.isEmpty()) {
      return this;
    }
    if (others.stream().anyMatch(String::isBlank)) {
      throw new InvalidInputException(
          "--landing: found '" + String.join(",", others) + "', expected folders, files or globs");
    }
    return new Settings(
        lake, others, fetch, ingest, candles, volumeProfile, depthMetrics, vacuum, optimize);
  }

  /**
   * The same with another distance of snapshots.
   *
   * @throws InvalidInputException if it is not positive
   */
  public Settings withSnapshotInterval(int events) {
    if (events < 1) {
      throw new InvalidInputException(
          "snapshots need 1 or more events between them, found " + events);
    }
    return new Settings(
        lake,
        landing,
        fetch,
        new Ingest(
            ingest.maxBrokenTransitionShare,
            ingest.maxCrossedRowShare,
            ingest.tickerDaysPerCommit,
            ingest.orderLevelBook,
            events),
        candles,
        volumeProfile,
        depthMetrics,
        vacuum,
        optimize);
  }

  /**
   * SHA-256 over everything that can change a result, hexadecimal: where things lie is no part of
   * it.
   */
  public String hash() {
    try {
      String text =
          CANONICAL.writeValueAsString(List.of(ingest, candles, volumeProfile, depthMetrics));
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode defaults() {
    try (InputStream in = Settings.class.getResourceAsStream("/booklake.yaml")) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      String text = Files.readString(file);
      expectNoAlias(file, text);
      JsonNode tree = YAML.readTree(text);
      return tree == null || tree.isMissingNode() || tree.isNull() ? YAML.createObjectNode() : tree;
    } catch (MismatchedInputException e) {
      throw new InvalidInputException(
          file
              + ", line "
              + e.getLocation().getLineNr()
              + ": found a second document, expected one. See conf/booklake.yaml.",
          e);
    } catch (DatabindException | com.fasterxml.jackson.core.JsonParseException e) {
      throw new InvalidInputException(
          file
              + ", line "
              + e.getLocation().getLineNr()
              + ": no valid YAML: "
              + e.getOriginalMessage(),
          e);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("--conf: there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read the configuration " + file + ": " + e, e);
    }
  }

  /** An alias would be read as the text of its name. */
  private static void expectNoAlias(Path file, String text) throws IOException {
    try (YAMLParser parser = YAML_FACTORY.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new InvalidInputException(
              file
                  + ", line "
                  + parser.currentTokenLocation().getLineNr()
                  + ": found the alias '*"
                  + parser.getText()
                  + "', expected the value itself. See conf/booklake.yaml.");
        }
      }
    }
  }

  private static void check(Path file, String prefix, JsonNode known, JsonNode own) {
    if (!own.isObject()) {
      throw new InvalidInputException(
          file
              + ": found "
              + (own.isNull() ? "nothing" : own)
              + (prefix.isEmpty() ? "" : " at '" + prefix.substring(0, prefix.length() - 1) + "'")
              + ", expected keys, at least one of "
              + known.properties().stream().map(java.util.Map.Entry::getKey).toList()
              + ". See conf/booklake.yaml.");
    }
    own.properties()
        .forEach(
            entry -> {
              JsonNode expected = known.get(entry.getKey());
              if (expected == null) {
                throw new InvalidInputException(
                    file
                        + ": unknown key '"
                        + prefix
                        + entry.getKey()
                        + "', expected one of "
                        + known.properties().stream().map(java.util.Map.Entry::getKey).toList()
                        + ". See conf/booklake.yaml.");
              }
              if (expected.isObject()) {
                check(file, prefix + entry.getKey() + ".", expected, entry.getValue());
              }
              if (expected.isArray()) {
                checkList(file, prefix + entry.getKey(), entry.getValue());
              }
            });
  }

  /** One thing where a list of such is expected is no list in YAML. */
  private static void checkList(Path file, String key, JsonNode found) {
    if (!found.isArray() && !found.isNull()) {
      throw new InvalidInputException(
          file
              + ": "
              + key
              + ": found "
              + (found.isTextual() ? "the text '" + found.asText() + "'" : found)
              + ", expected a list"
              + (found.isValueNode() ? " such as [" + found.asText() + "]" : "")
              + ". See conf/booklake.yaml.");
    }
  }

  private static ObjectNode merge(ObjectNode target, JsonNode own) {
    own.properties()
        .forEach(
            entry -> {
              JsonNode there = target.get(entry.getKey());
              target.set(
                  entry.getKey(),
                  there.isObject()
                      ? merge((ObjectNode) there, entry.getValue())
                      : entry.getValue());
            });
    return target;
  }
}
