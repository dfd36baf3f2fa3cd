package io.booklake.format.lobster;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Opens source files on any Hadoop file system. Archives are read in place, never unpacked to disk.
 */
public final class HadoopSource implements SourceOpener {
  private final Configuration configuration;

  /** With the settings of the file systems, credentials among them. */
  public HadoopSource(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * The file of a {@link SourceFile#location}, as it is now.
   *
   * @return empty if the file, the archive, or the archive's entry is not there
   */
  public Optional<SourceFile> find(String location) throws IOException {
    int mark = SourceFile.entryMark(location);
    String uri = mark < 0 ? location : location.substring(0, mark);
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(configuration);
    if (!files.exists(path)) {
      return Optional.empty();
    }
    FileStatus status = files.getFileStatus(path);
    if (mark < 0) {
      return Optional.of(new SourceFile(uri, null, status.getLen(), status.getModificationTime()));
    }
    try (ZipFile archive = Archive.open(files, path)) {
      String name = location.substring(mark + SourceFile.ENTRY_MARK.length());
      return Optional.ofNullable(archive.getEntry(name))
          .map(
              entry ->
                  new SourceFile(
                      uri, name, entry.getCompressedSize(), status.getModificationTime()));
    }
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    try {
      Path path = new Path(file.uri());
      FileSystem files = path.getFileSystem(configuration);
      checkUnchanged(file, files.getFileStatus(path));
      boolean packed = file.entry() != null;
      InputStream stored = packed ? openEntry(file, files, path) : files.open(path);
      String name = packed ? file.entry() : file.uri();
      return name.endsWith(".gz") ? unzip(file, stored) : stored;
    } catch (RejectedException e) {
      throw e;
    } catch (EOFException e) {
      throw rejected(Reason.TRUNCATED, file, e);
    } catch (ZipException e) {
      throw rejected(Reason.CORRUPT_ARCHIVE, file, e);
    } catch (IOException e) {
      throw rejected(Reason.UNREADABLE, file, e);
    }
  }

  /** What was looked at and what is written must be the same bytes. */
  private static void checkUnchanged(SourceFile file, FileStatus status) throws RejectedException {
    boolean sameLength = file.entry() != null || status.getLen() == file.storedBytes();
    if (!sameLength || status.getModificationTime() != file.modifiedMillis()) {
      throw new RejectedException(
          Rejection.ofFile(
              Reason.CHANGED_WHILE_READ,
              file.location(),
              status.getLen() + " bytes of " + Instant.ofEpochMilli(status.getModificationTime()),
              "the file as it was listed, of " + Instant.ofEpochMilli(file.modifiedMillis())));
    }
  }

  private static InputStream unzip(SourceFile file, InputStream stored) throws IOException {
    try {
      return new GuardedInflation(file, new WholeGzip(stored, 1 << 16));
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  private static InputStream openEntry(SourceFile file, FileSystem files, Path path)
      throws IOException {
    ZipFile archive = Archive.open(files, path);
    try {
      ZipArchiveEntry entry = archive.getEntry(file.entry());
      if (entry == null) {
        throw new RejectedException(
            Rejection.ofFile(
                Reason.CHANGED_WHILE_READ,
                file.location(),
                "no such entry",
                "the entry that was listed"));
      }
      if (!isPlain(entry)) {
        throw new RejectedException(
            Rejection.ofFile(
                Reason.CORRUPT_ARCHIVE,
                file.location(),
                "an encrypted entry or another compression method",
                "a plain entry, stored or deflated"));
      }
      return new GuardedInflation(
          file, archive.getInputStream(entry), archive, entry.getSize(), entry.getCrc());
    } catch (RejectedException e) {
      archive.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw Archive.failure(e);
    }
  }

  /** The zip reader knows more methods, by libraries that are not there. */
  private static boolean isPlain(ZipArchiveEntry entry) {
    return !entry.getGeneralPurposeBit().usesEncryption()
        && (entry.getMethod() == ZipEntry.DEFLATED || entry.getMethod() == ZipEntry.STORED);
  }

  private static RejectedException rejected(Reason reason, SourceFile file, IOException cause) {
    RejectedException exception =
        new RejectedException(
            Rejection.ofFile(
                reason, file.location(), cause.toString(), "a file that can be opened"));
    exception.initCause(cause);
    return exception;
  }
}
