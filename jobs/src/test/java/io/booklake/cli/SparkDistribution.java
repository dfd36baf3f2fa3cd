package io.booklake.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spark as PyPI's package brings it: its scripts, run as who operates a cluster runs them. */
final class SparkDistribution {
  private final Path home;

  /** The one in the tests' virtual environment, which is made where it is missing. */
  SparkDistribution() throws IOException, InterruptedException {
    PythonEnvironment.Output found =
        PythonEnvironment.run(
            List.of(
                PythonEnvironment.python().toString(),
                "-c",
                "import pyspark; print(pyspark.__path__[0])"));
    home = Path.of(found.text().strip());
  }

  /** A process that runs one of its scripts and writes what it says to a file. */
  ProcessBuilder script(String name, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve(name).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", home.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder;
  }

  /**
   * Submits the job jar and waits for its end.
   *
   * @param settings Spark's, beyond those that a test machine needs
   * @throws AssertionError if it does not end well
   */
  void submit(String master, Map<String, String> settings, Path log, List<String> command)
      throws IOException, InterruptedException {
    int code = start(master, settings, log, command).waitFor();
    if (code != 0) {
      throw new AssertionError("exit code " + code + "\n" + Files.readString(log));
    }
  }

  /**
   * Submits the job jar, with Delta's jars and those of S3A from the local Maven repository.
   *
   * @return the driver
   */
  Process start(String master, Map<String, String> settings, Path log, List<String> command)
      throws IOException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("spark.master", master);
    all.put("spark.executor.memory", "768m");
    // The work must not be done by one worker while the other still starts, however long it takes.
    all.put("spark.cores.max", "2");
    all.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    all.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "10m");
    List<String> words = new ArrayList<>(List.of("--class", "io.booklake.cli.Main"));
    words.add(JobJar.path().toString());
    words.addAll(command);
    return submission(all, log, words).start();
  }

  /** Submits a program in Python to Spark within one process, with the same jars. */
  ProcessBuilder program(Map<String, String> settings, Path log, List<String> words)
      throws IOException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("spark.master", "local[2]");
    // What the job jar brings with it to its own sessions.
    all.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    all.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    return submission(all, log, words);
  }

  private ProcessBuilder submission(Map<String, String> settings, Path log, List<String> words)
      throws IOException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("spark.driver.host", "127.0.0.1");
    all.put("spark.ui.enabled", "false");
    all.put("spark.sql.shuffle.partitions", "2");
    // The first compiler alone, as for the tests: a small night ends before the second is of use.
    all.put("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1");
    all.put("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1");
    List<String> arguments =
        new ArrayList<>(List.of("--driver-memory", "1g", "--jars", JobJar.jarsThatSparkLacks()));
    all.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    arguments.addAll(words);
    return script("spark-submit", log, arguments);
  }
}
