package io.booklake.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark's own cluster on this machine: a master and workers of a core each, all of them processes.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private final SparkDistribution spark;
  private final Path folder;
  private final Deque<Process> processes = new ArrayDeque<>();
  private final String master;

  /**
   * Starts it, on ports that are free.
   *
   * @param folder where its processes keep what they are given, and say what they do
   */
  StandaloneCluster(SparkDistribution spark, Path folder, int workers)
      throws IOException, InterruptedException {
    this.spark = spark;
    this.folder = Files.createDirectories(folder);
    master = start("master", "master.Master", LISTENING).group(1);
    for (int number = 0; number < workers; number++) {
      String name = "worker-" + number;
      start(
          name,
          "worker.Worker",
          REGISTERED,
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          folder.resolve(name).toString(),
          master);
    }
  }

  /** Starts a process and waits until it says that it is ready. */
  private Matcher start(String name, String role, Pattern ready, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy." + role));
    words.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    words.addAll(List.of(options));
    Path log = Files.createFile(folder.resolve(name + ".log"));
    ProcessBuilder builder = spark.script("spark-class", log, words);
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_DAEMON_MEMORY", "256m",
                "SPARK_DAEMON_JAVA_OPTS", "-XX:TieredStopAtLevel=1"));
    Process process = builder.start();
    processes.push(process);
    while (true) {
      boolean isRunning = process.isAlive();
      String said = Files.readString(log);
      Matcher matcher = ready.matcher(said);
      if (matcher.find()) {
        return matcher;
      }
      if (!isRunning) {
        close();
        throw new IOException("no " + name + ": " + said);
      }
      Thread.sleep(50);
    }
  }

  /** What {@code spark-submit --master} takes. */
  String master() {
    return master;
  }

  /** On how many workers there was an executor that ran a task. */
  long workersThatWorked() throws IOException {
    long count = 0;
    try (Stream<Path> files = Files.find(folder, 4, (path, is) -> path.endsWith("stderr"))) {
      for (Path log : files.toList()) {
        count += Files.readString(log).contains("Running task") ? 1 : 0;
      }
    }
    return count;
  }

  /** Ends it: the workers before the master, and the executors with the workers. */
  @Override
  public void close() throws InterruptedException {
    while (!processes.isEmpty()) {
      Process process = processes.pop();
      process.destroy();
      process.waitFor();
    }
  }
}
