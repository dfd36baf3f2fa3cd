package io.booklake.delta;

import org.apache.hadoop.conf.Configuration;

/**
 * How files are found and read: those of a {@link LocalDisk} by the JDK, all others by Hadoop,
 * whose settings are read when they are first needed. That is never for a lake on a disk: Hadoop's
 * class for them and its XML take a tenth of the time that a process needs to open one. For any
 * thread.
 */
public final class FileSettings {
  private final LocalDisk disk;
  private Configuration configuration;

  private FileSettings(LocalDisk disk, Configuration configuration) {
    this.disk = disk;
    this.configuration = configuration;
  }

  /** Hadoop's settings, of which some may be for local files. */
  public static FileSettings of(Configuration configuration) {
    return new FileSettings(new LocalDisk(configuration), configuration);
  }

  /** For files of this machine alone: what Hadoop's settings say of local files is not asked. */
  public static FileSettings local() {
    return new FileSettings(new LocalDisk(), null);
  }

  /** Which files the JDK reads. */
  public LocalDisk disk() {
    return disk;
  }

  /** For all else. */
  public synchronized Configuration hadoop() {
    if (configuration == null) {
      configuration = new Configuration();
    }
    return configuration;
  }
}
