package io.booklake.cli;

import io.booklake.job.InvalidInputException;
import io.booklake.job.Settings;
import io.booklake.read.LakeReader;
import io.booklake.read.NotPublishedException;
import io.booklake.serve.LakeServer;
import io.booklake.serve.LakeServerProvider;
import io.booklake.serve.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Show the lake in the browser, until Ctrl+C.",
    footer = {
      "",
      "Examples:",
      "  booklake serve --lake /data/lake",
      "  booklake serve --lake /data/lake --port 9000",
      "  BOOKLAKE_TOKEN=... booklake serve --lake s3a://bucket/lake --host 0.0.0.0"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "Root of the lake: a folder or any URI that Hadoop can read.")
  private String lake;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default ${DEFAULT-VALUE}); any address other than loopback requires"
              + " a token.")
  private InetAddress host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + ServerSettings.DEFAULT_PORT,
      description = "Port to listen on (default ${DEFAULT-VALUE}); 0 for any free one.")
  private int port;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:BOOKLAKE_TOKEN}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description =
          "Token that clients must send. Better set in the variable BOOKLAKE_TOKEN: other users of the"
              + " machine can read command lines.")
  private String token;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "YAML over the defaults of conf/booklake.yaml.")
  private Path configuration;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LakeServerProvider viewer =
        ServiceLoader.load(LakeServerProvider.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "the viewer is not on the class path: run 'bin/booklake serve', which puts"
                            + " it there"));
    ServerSettings settings;
    try {
      settings = new ServerSettings(host, port, Optional.ofNullable(token));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
    String root = Settings.load(configuration).withLake(lake).lake();
    try (LakeServer server = viewer.start(open(root), settings)) {
      PrintWriter out = command.commandLine().getOut();
      out.println("The lake " + root + " is at " + server.address() + " (Ctrl+C ends it).");
      out.flush();
      server.await();
    } catch (IOException e) {
      Throwable cause = e;
      // A server may say in words of its own that it could not bind.
      while (cause != null && !(cause instanceof BindException)) {
        cause = cause.getCause();
      }
      if (cause == null) {
        throw e;
      }
      throw new InvalidInputException(
          "cannot listen at " + settings + ": " + cause.getMessage() + "; choose another --port",
          e);
    }
    return Main.DONE;
  }

  private static LakeReader open(String root) throws IOException {
    try {
      return LakeReader.open(root, HadoopSettings.configuration());
    } catch (NotPublishedException e) {
      throw new InvalidInputException(e.getMessage() + ": run ingest first", e);
    }
  }
}
