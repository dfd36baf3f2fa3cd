package io.booklake.viewer;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** What Prometheus may know of a server. */
final class Figures {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter answers =
      Counter.builder()
          .name("booklake_viewer_answers_total")
          .help("Answers by endpoint and status")
          .labelNames("endpoint", "status")
          .register(registry);
  private final Counter bytes =
      Counter.builder()
          .name("booklake_viewer_sent_bytes_total")
          .help("Bytes of bodies, as sent")
          .labelNames("endpoint")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("booklake_viewer_answer_seconds")
          .help("From the whole request to the begin of its answer, waiting included")
          .labelNames("endpoint")
          .classicOnly()
          .register(registry);

  Figures(PublishedLake lake) {
    CounterWithCallback.builder()
        .name("booklake_viewer_lake_read_bytes_total")
        .help("Bytes asked of file systems for data files")
        .callback(callback -> callback.call((double) lake.bytesRead()))
        .register(registry);
    JvmMetrics.builder().register(registry);
  }

  /**
   * One answer more.
   *
   * @param endpoint its path with the names of its parameters: none of what clients choose
   */
  void add(String endpoint, int status, int sentBytes, long nanos) {
    answers.labelValues(endpoint, Integer.toString(status)).inc();
    bytes.labelValues(endpoint).inc(sentBytes);
    seconds.labelValues(endpoint).observe(nanos / 1e9);
  }

  /** All of it in Prometheus' text format. */
  Answer answer() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    writer.write(text, registry.scrape());
    return new Answer(
        HttpStatus.OK_200,
        writer.getContentType(),
        text.toByteArray(),
        Map.of("Cache-Control", "no-store"));
  }
}
