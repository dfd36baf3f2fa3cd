package io.booklake.delta;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Delta Kernel's way to files: to those of a {@link LocalDisk} without Hadoop's file systems. */
class LocalFiles implements FileIO {
  private final FileSettings settings;
  private final LocalDisk disk;

  LocalFiles(FileSettings settings) {
    this.settings = settings;
    disk = settings.disk();
  }

  /** For all other files, and for those that are written. */
  private FileIO hadoop() {
    return new HadoopFileIO(settings.hadoop());
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
    Optional<File> first = disk.file(path);
    if (first.isEmpty()) {
      return hadoop().listFrom(path);
    }
    List<File> files = list(first.get().getParentFile());
    String parent = new Path(path).getParent().toString();
    Stream<FileStatus> found =
        files.stream()
            .filter(file -> file.getName().compareTo(first.get().getName()) >= 0)
            .sorted(Comparator.comparing(File::getName))
            .map(
                file ->
                    FileStatus.of(
                        parent + "/" + file.getName(), file.length(), file.lastModified()));
    return Utils.toCloseableIterator(found.iterator());
  }

  /** A folder that is not there is told from one that this user may not see. */
  private static List<File> list(File folder) throws IOException {
    List<File> files = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> all = Files.newDirectoryStream(folder.toPath())) {
      all.forEach(each -> files.add(each.toFile()));
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException("there is no folder " + folder);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (InvalidPathException e) {
      throw new IOException(folder + " is no name of a file in this locale", e);
    }
    return files;
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    Optional<File> file = disk.file(path);
    if (file.isEmpty()) {
      return hadoop().getFileStatus(path);
    }
    if (!file.get().exists()) {
      throw new FileNotFoundException("there is no file " + path);
    }
    return FileStatus.of(path, file.get().length(), file.get().lastModified());
  }

  @Override
  public String resolvePath(String path) throws IOException {
    return disk.file(path).isEmpty() ? hadoop().resolvePath(path) : path;
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return disk.file(path)
        .<InputFile>map(file -> new LocalFile(path, file, length))
        .orElseGet(() -> hadoop().newInputFile(path, length));
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return hadoop().newOutputFile(path);
  }

  @Override
  public boolean mkdirs(String path) throws IOException {
    Optional<File> folder = disk.file(path);
    if (folder.isEmpty()) {
      return hadoop().mkdirs(path);
    }
    LocalDisk.makeFolder(folder.get().toPath());
    return true;
  }

  @Override
  public boolean delete(String path) throws IOException {
    return hadoop().delete(path);
  }

  @Override
  public void copyFileAtomically(String source, String target, boolean overwrite)
      throws IOException {
    hadoop().copyFileAtomically(source, target, overwrite);
  }

  @Override
  public Optional<String> getConf(String key) {
    return hadoop().getConf(key);
  }

  /** A file, of which the log or its folder told the length. */
  private record LocalFile(String path, File file, long length) implements InputFile {
    @Override
    public SeekableInputStream newStream() throws IOException {
      return new LocalBytes(new RandomAccessFile(file, "r"));
    }
  }

  /** Its bytes, of which the readers of JSON and of Parquet ask for many at once. */
  private static final class LocalBytes extends SeekableInputStream {
    private final RandomAccessFile file;

    LocalBytes(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      return file.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return file.read(bytes, offset, length);
    }

    @Override
    public void readFully(byte[] bytes, int offset, int length) throws IOException {
      file.readFully(bytes, offset, length);
    }

    @Override
    public long getPos() throws IOException {
      return file.getFilePointer();
    }

    @Override
    public void seek(long position) throws IOException {
      file.seek(position);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
