package io.booklake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The DAGs in a real Airflow, which submits the job jar to a real Spark. */
class AirflowDagsIT {
  private static final Path DAGS = Path.of("..", "airflow-dags").toAbsolutePath().normalize();

  @TempDir static Path folder;
  private static PythonEnvironment airflow;
  private static PythonEnvironment spark;

  @BeforeAll
  static void installAirflow() throws Exception {
    spark = PythonEnvironment.ofConsumers();
    airflow = PythonEnvironment.of("airflow", DAGS.resolve("tests/requirements.txt"));
    PythonEnvironment.Output made =
        airflow.run(environment(), List.of("-m", "airflow", "db", "migrate"));
    assertThat(made.code()).as(made.text()).isZero();
  }

  @Test
  void theDagsKeepTheirPromises() throws Exception {
    PythonEnvironment.Output output =
        airflow.run(environment(), List.of(DAGS.resolve("tests/test_dags.py").toString()));

    assertThat(output.code()).as(output.text()).isZero();
    assertThat(output.text()).containsPattern("Ran [1-9][0-9]* tests");
  }

  @Test
  void aNightWithABadTickerDayPublishesTheOthersAndSaysSo() throws Exception {
    Path landing = folder.resolve("landing");
    Path lake = folder.resolve("lake");
    Booklake.done(
        "simulate", "--landing", landing, "--ticker-count", 3, "--events", 2_000, "--depths", "3");
    Path bad;
    try (Stream<Path> files = Files.list(landing)) {
      bad =
          files
              .filter(file -> file.getFileName().toString().matches("SIMB_.*_message_3.csv"))
              .findFirst()
              .orElseThrow();
    }
    byte[] good = Files.readAllBytes(bad);
    Files.writeString(bad, "nonsense\n", StandardOpenOption.APPEND);

    PythonEnvironment.Output night = night(landing, lake);
    System.out.println(night.text());

    assertThat(night.code()).as(night.text()).isNotZero();
    assertThat(night.text())
        .contains("3 tickers in 1 batches", "1 of 5 tasks were done in part", "DagRun failed");
    Tables tables = new Tables(lake);
    assertThat(tables.count("ticker_days", "cardinality(table_versions) = 9")).isEqualTo(2);
    assertThat(tables.count("ticker_days", "ticker = 'SIMB'")).isZero();
    assertThat(tables.count("quarantine", "ticker = 'SIMB'")).isEqualTo(1);

    Files.write(bad, good);
    String next =
        Booklake.done("nightly", "--landing", landing, "--lake", lake, "--steps", "ingest");

    assertThat(next).contains("1 published", "2 unchanged");
  }

  private static PythonEnvironment.Output night(Path landing, Path lake) throws Exception {
    Map<String, String> environment = environment();
    environment.put("AIRFLOW_VAR_BOOKLAKE_JAR", JobJar.path().toString());
    environment.put("AIRFLOW_VAR_BOOKLAKE_JARS", JobJar.jarsThatSparkLacks());
    environment.put("AIRFLOW_VAR_BOOKLAKE_LANDING", landing.toString());
    environment.put("AIRFLOW_VAR_BOOKLAKE_LAKE", lake.toString());
    environment.put(
        "AIRFLOW_CONN_BOOKLAKE_SPARK", "{\"conn_type\": \"spark\", \"host\": \"local[2]\"}");
    return airflow.run(
        environment,
        List.of(
            "-m",
            "airflow",
            "dags",
            "test",
            "booklake_nightly",
            "--conf",
            "{\"dates\": \"2024-03-04\", \"sample\": \"1\"}"));
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AIRFLOW_HOME", folder.resolve("home").toString());
    environment.put("AIRFLOW__CORE__DAGS_FOLDER", DAGS.toString());
    environment.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
    environment.put("PATH", spark.commands() + File.pathSeparator + System.getenv("PATH"));
    // For so few rows the optimising compiler costs more than it saves.
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    // No bytecode beside the DAGs.
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return environment;
  }
}
