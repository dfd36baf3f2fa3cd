package io.booklake.lake;

import io.booklake.delta.WholeObject;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Writes commits to an object store so that of several writers of one version exactly one succeeds,
 * on whatever machines they are: the store itself is told to take an object only where there is
 * none ({@code If-None-Match: *}).
 *
 * <p>Delta's own store for {@code s3a:} looks whether the version exists and then writes it, under
 * a lock of its process: a writer in another process, who comes between the two, loses its commit
 * without being told.
 *
 * <p>Public since Spark and Delta Kernel make it, by its name.
 */
public final class ConditionalPutLogStore extends HadoopFileSystemLogStore {

  /** Where Delta Kernel looks for the class that writes commits to {@code s3a:} URIs. */
  static final String SETTING = "io.delta.kernel.logStore.s3a.impl";

  /** A store, as Delta Kernel makes it. */
  public ConditionalPutLogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Writes a file that is seen whole or not at all.
   *
   * @throws FileAlreadyExistsException if it exists with other lines and {@code overwrite} is false
   * @throws IllegalArgumentException if the file system cannot ask for a condition
   */
  @Override
  public void write(
      Path path, Iterator<String> lines, Boolean overwrite, Configuration configuration)
      throws IOException {
    StringBuilder text = new StringBuilder();
    while (lines.hasNext()) {
      text.append(lines.next()).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    FileSystem files = path.getFileSystem(configuration);
    if (overwrite) {
      WholeObject.write(files.create(path, true), bytes);
      return;
    }
    try {
      putWhereNothingIs(files, path, bytes);
    } catch (IOException e) {
      judge(e, files, path, bytes);
    }
  }

  private static void putWhereNothingIs(FileSystem files, Path path, byte[] bytes)
      throws IOException {
    FSDataOutputStreamBuilder<?, ?> object = files.createFile(path);
    // The store judges, at the moment of the put: to look before it would tell nothing.
    object.recursive().overwrite(true);
    object.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    WholeObject.write(object.build(), bytes);
  }

  /**
   * Returns if the put happened after all. A client whose answer is lost on the way repeats its put
   * and meets its own object; a commit names its transaction, so that nobody else's is the same.
   */
  private static void judge(IOException failure, FileSystem files, Path path, byte[] bytes)
      throws IOException {
    byte[] found;
    try (InputStream in = files.open(path)) {
      found = in.readAllBytes();
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
    if (!Arrays.equals(found, bytes)) {
      FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
      taken.initCause(failure);
      throw taken;
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }
}
