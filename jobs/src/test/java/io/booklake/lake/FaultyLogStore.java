package io.booklake.lake;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;

/** A store of commits that fails in one of the ways in which stores fail. */
public final class FaultyLogStore extends HadoopFileSystemLogStore {
  /** What every failure says. */
  public static final String WORDS = "the disk is on fire";

  private static final String FAULT = "booklake.test.fault";

  /** A way to fail. */
  public enum Fault {
    /** Nothing is written. */
    REFUSE,
    /** The commit is written, but the writer is told that it is not. */
    WRITE_AND_FAIL,
    /** Commits and checkpoints are written, but not which checkpoint is the newest. */
    REFUSE_CHECKPOINT_NOTE,
    /** Somebody else has written the version already, each time. */
    OVERTAKE,
    /** Something happens just before the first commit; nothing fails. */
    MEANWHILE
  }

  private static final AtomicReference<Runnable> EVENT = new AtomicReference<>();

  /** A store, as Delta Kernel makes it. */
  public FaultyLogStore(Configuration configuration) {
    super(configuration);
  }

  /** One whose first commit comes right behind an event, such as somebody else's commit. */
  public static Lake after(Runnable event, Supplier<Lake> lake) {
    EVENT.set(event);
    return with(Fault.MEANWHILE, lake);
  }

  /** What is made while lakes get a faulty store. */
  public static Lake with(Fault fault, Supplier<Lake> lake) {
    Configuration configuration = SparkContext.getOrCreate().hadoopConfiguration();
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
      case REFUSE_CHECKPOINT_NOTE -> {
        if (path.getName().equals("_last_checkpoint")) {
          throw new IOException(WORDS);
        }
        new LinkLogStore(configuration).write(path, lines, overwrite, configuration);
      }
      case MEANWHILE -> {
        Runnable event = EVENT.getAndSet(null);
        if (event != null) {
          event.run();
        }
        new LinkLogStore(configuration).write(path, lines, overwrite, configuration);
      }
      case OVERTAKE -> throw new FileAlreadyExistsException(path.toString());
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return true;
  }
}
