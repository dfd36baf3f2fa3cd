package io.booklake.lake;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A store of commits that fails in one of the ways in which stores fail. */
public final class FaultyLogStore extends HadoopFileSystemLogStore {
  /** What every failure says. */
  static final String WORDS = "the disk is on fire";

  private static final String FAULT = "booklake.test.fault";

  /** A way to fail. */
  enum Fault {
    /** Nothing is written. */
    REFUSE,
    /** The commit is written, but the writer is told that it is not. */
    WRITE_AND_FAIL,
    /** Somebody else has written the version already, each time. */
    OVERTAKE
  }

  /** A store, as Delta Kernel makes it. */
  public FaultyLogStore(Configuration configuration) {
    super(configuration);
  }

  /** What is made while lakes get a faulty store. */
  static Lake with(Fault fault, Supplier<Lake> lake) {
    Configuration configuration = SparkSession.active().sparkContext().hadoopConfiguration();
    configuration.set(LinkLogStore.SETTING, FaultyLogStore.class.getName());
    configuration.set(FAULT, fault.name());
    try {
      return lake.get();
    } finally {
      configuration.unset(LinkLogStore.SETTING);
      configuration.unset(FAULT);
    }
  }

  @Override
  public void write(
      Path path, Iterator<String> lines, Boolean overwrite, Configuration configuration)
      throws IOException {
    switch (Fault.valueOf(configuration.get(FAULT))) {
      case REFUSE -> throw new IOException(WORDS);
      case WRITE_AND_FAIL -> {
        new LinkLogStore(configuration).write(path, lines, overwrite, configuration);
        throw new IOException(WORDS);
      }
      case OVERTAKE -> throw new FileAlreadyExistsException(path.toString());
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return true;
  }
}
