package io.booklake.format.lobster;

import static java.util.stream.Collectors.joining;

import io.booklake.model.TickerDay;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/**
 * Finds pairs in a landing zone: in folders at any depth, behind globs, as single files, gzipped,
 * and inside zip archives. Files that are no LOBSTER files, such as a ReadMe, are passed over; a
 * file that is meant as one half of a pair and is not usable is reported, and the rest goes on.
 *
 * <p>Files and folders whose names begin with {@code .} or {@code _} are passed over with all they
 * hold, unless they are named themselves: that is where writers keep what is not finished.
 */
public final class PairDiscovery {

  /**
   * What was found.
   *
   * @param pairs in the order of their ticker-days
   * @param rejected files that are meant as halves of pairs but make none
   */
  public record Found(List<Pair> pairs, List<Rejected> rejected) {}

  /**
   * A file that makes no pair.
   *
   * @param name what its name says; null if it says nothing
   * @param rejection why
   * @param identity sizes and times of the files, by which another delivery can be told; empty of a
   *     folder
   */
  public record Rejected(FileName name, Rejection rejection, String identity) {
    /** Whether it may hold any pairs: a folder or an archive that cannot be looked into. */
    public boolean isContainer() {
      return name == null && CONTAINER_REASONS.contains(rejection.reason());
    }
  }

  private static final Set<Reason> CONTAINER_REASONS =
      EnumSet.of(Reason.UNREADABLE, Reason.CORRUPT_ARCHIVE);

  private static final Pattern ARCHIVE_OF_A_DAY =
      Pattern.compile("([^/_]+)_(\\d{4}-\\d{2}-\\d{2})[^/]*$");

  private record Half(FileName name, SourceFile file) {}

  private final Configuration configuration;
  private final Map<TickerDay, List<Half>> halves = new TreeMap<>();
  private final List<Rejected> rejected = new ArrayList<>();

  /**
   * Places may overlap, such as a folder and a file in it, or a link and the folder it leads to:
   * each file counts once. Folders and files, by where they really are.
   */
  private final Set<Path> seen = new HashSet<>();

  /** Links to folders come last, so that a file is known by its own place if it has one here. */
  private final Deque<Folder> links = new ArrayDeque<>();

  private record Folder(FileSystem files, FileStatus status) {}

  private PairDiscovery(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Looks through all of {@code uris}: files, folders, globs.
   *
   * @throws FileNotFoundException if one of them matches nothing
   * @throws IOException if one of them is a folder that cannot be listed, or the file system fails;
   *     a folder below that may not be listed is reported
   */
  public static Found find(Configuration configuration, List<String> uris) throws IOException {
    PairDiscovery discovery = new PairDiscovery(configuration);
    for (String uri : uris) {
      discovery.look(uri);
    }
    discovery.followLinks();
    return discovery.match();
  }

  private void look(String uri) throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(configuration);
    FileStatus[] matches =
        isGlob(uri) && files.exists(path)
            ? new FileStatus[] {files.getFileStatus(path)}
            : files.globStatus(path);
    if (matches == null || matches.length == 0) {
      throw new FileNotFoundException(
          "nothing found at "
              + uri
              + ": give a folder, a file or a glob that exists, such as /data/lobster");
    }
    for (FileStatus match : matches) {
      if (!isHiddenMatch(path, match.getPath())) {
        look(files, match, LocalFolders.follow(match.getPath()));
      }
    }
  }

  /** Whether it may be one: a name such as {@code [old]} is a name where there is such a folder. */
  private static boolean isGlob(String uri) {
    return uri.chars().anyMatch(each -> "*?[{".indexOf(each) >= 0);
  }

  private void followLinks() throws IOException {
    for (Folder link = links.poll(); link != null; link = links.poll()) {
      lookBelow(link.files, link.status, null);
    }
  }

  /** True where a wildcard, and not a name that was given, found something hidden. */
  private static boolean isHiddenMatch(Path glob, Path match) {
    Path pattern = glob;
    Path found = match;
    while (pattern != null && !pattern.getName().isEmpty()) {
      if (isHidden(found.getName()) && !found.getName().equals(pattern.getName())) {
        return true;
      }
      pattern = pattern.getParent();
      found = found.getParent();
    }
    return false;
  }

  /** An archive may say of a folder that it is the one where it was made: {@code ./}. */
  private static boolean isHidden(String name) {
    return (name.startsWith(".") && !name.equals(".")) || name.startsWith("_");
  }

  /**
   * Hidden folders are not even listed: their writer may remove them meanwhile.
   *
   * @param place where it really is
   */
  private void look(FileSystem files, FileStatus status, Path place) throws IOException {
    if (!seen.add(place)) {
      return;
    }
    if (status.isFile()) {
      lookAt(files, status);
      return;
    }
    // All of it first: of a folder whose listing fails halfway nothing is taken.
    List<FileStatus> children = new ArrayList<>();
    Set<String> reached = new HashSet<>();
    List<java.nio.file.Path> names = LocalFolders.list(status.getPath());
    RemoteIterator<FileStatus> listed = files.listStatusIterator(status.getPath());
    while (listed.hasNext()) {
      FileStatus child = listed.next();
      reached.add(child.getPath().getName());
      if (!isHidden(child.getPath().getName())) {
        children.add(child);
      }
    }
    for (String missing : LocalFolders.outOfReach(names, reached)) {
      if (!isHidden(missing)) {
        unusable(
            Reason.UNREADABLE,
            status.getPath() + "/" + missing,
            "a name in a folder that may be listed, but not entered",
            "a file or folder that can be looked at",
            "");
      }
    }
    for (FileStatus child : children) {
      if (child.isDirectory() && LocalFolders.isLink(child.getPath())) {
        links.add(new Folder(files, child));
      } else {
        // Of text a name with a colon would be read as a scheme.
        Path name = new Path(null, null, child.getPath().getName());
        lookBelow(files, child, new Path(place, name));
      }
    }
  }

  /**
   * A folder in a folder is as little a reason to give up the others as a file is.
   *
   * @param place where it really is; null for a link
   */
  private void lookBelow(FileSystem files, FileStatus status, Path place) throws IOException {
    try {
      look(files, status, place == null ? LocalFolders.follow(status.getPath()) : place);
    } catch (AccessControlException | FileSystemException | FileNotFoundException e) {
      unusable(
          Reason.UNREADABLE,
          status.getPath().toString(),
          e.toString(),
          "a folder that can be listed",
          "");
    }
  }

  private void lookAt(FileSystem files, FileStatus status) {
    SourceFile file =
        new SourceFile(
            status.getPath().toString(), null, status.getLen(), status.getModificationTime());
    if (status.getLen() == 0 && LocalFolders.isNoFile(status.getPath())) {
      // A reader of a pipe would wait for a writer.
      unusable(
          Reason.UNREADABLE,
          file.uri(),
          "a pipe, a socket or a device",
          "a file or a folder",
          file.identity());
    } else if (SourceFile.isArchive(status.getPath().getName())) {
      lookInto(files, status.getPath(), file);
    } else {
      add(status.getPath().getName(), file);
    }
  }

  private void lookInto(FileSystem files, Path path, SourceFile zip) {
    try (ZipFile archive = Archive.open(files, path)) {
      Enumeration<ZipArchiveEntry> entries = archive.getEntries();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          lookAt(entry, zip);
        }
      }
    } catch (IOException e) {
      unusable(
          e instanceof ZipException ? Reason.CORRUPT_ARCHIVE : Reason.UNREADABLE,
          zip.uri(),
          e.toString(),
          "a zip archive that can be opened",
          zip.identity());
    }
  }

  private void unusable(
      Reason reason, String location, String found, String expected, String identity) {
    rejected.add(new Rejected(null, Rejection.ofFile(reason, location, found, expected), identity));
  }

  private void lookAt(ZipArchiveEntry entry, SourceFile zip) {
    String name = entry.getName();
    SourceFile file =
        new SourceFile(zip.uri(), name, entry.getCompressedSize(), zip.modifiedMillis());
    if (isHostile(name)) {
      unusable(
          Reason.HOSTILE_ENTRY_NAME,
          file.location(),
          "'" + name + "'",
          "a relative name without '..', ':' or '\\'",
          zip.identity());
      return;
    }
    if (Arrays.stream(name.split("/")).noneMatch(PairDiscovery::isHidden)) {
      add(name.substring(name.lastIndexOf('/') + 1), file);
    }
  }

  /** Entries are never unpacked to disk; a name like this is a sign of an attack all the same. */
  private static boolean isHostile(String name) {
    return name.startsWith("/")
        || name.contains("\\")
        || name.contains(":")
        || name.indexOf('\0') >= 0
        || List.of(name.split("/")).contains("..");
  }

  private void add(String name, SourceFile file) {
    FileName parsed = FileName.parse(name).orElse(null);
    if (parsed != null) {
      halves
          .computeIfAbsent(parsed.tickerDay(), key -> new ArrayList<>())
          .add(new Half(parsed, file));
    } else if (FileName.looksLikeAnArchive(name)) {
      unusable(
          Reason.OTHER_ARCHIVE,
          file.location(),
          "'" + name + "'",
          "plain, gzipped or zipped files",
          file.identity());
    } else if (FileName.looksMeant(name)) {
      unusable(
          Reason.BAD_FILE_NAME,
          file.location(),
          "'" + name + "'",
          FileName.expected(name),
          file.identity());
    }
  }

  /** LOBSTER's own archives may stay where they were unpacked. */
  private void forgetUnpacked(List<Pair> pairs) {
    Set<String> days = new HashSet<>();
    pairs.forEach(pair -> days.add(day(pair.tickerDay().ticker(), pair.tickerDay().tradeDate())));
    rejected.removeIf(
        each -> {
          Matcher named = ARCHIVE_OF_A_DAY.matcher(each.rejection().file());
          return each.rejection().reason() == Reason.OTHER_ARCHIVE
              && named.find()
              && days.contains(day(named.group(1), named.group(2)));
        });
  }

  private static String day(String ticker, Object date) {
    return ticker + "_" + date;
  }

  private Found match() {
    List<Pair> pairs = new ArrayList<>();
    halves.forEach(
        (tickerDay, found) -> {
          List<Half> messages = ofKind(found, FileName.Kind.MESSAGE);
          List<Half> books = ofKind(found, FileName.Kind.ORDERBOOK);
          if (messages.size() > 1 || books.size() > 1) {
            duplicates(messages.size() > 1 ? messages : books);
          } else if (messages.isEmpty() || books.isEmpty()) {
            lone(messages.isEmpty() ? books.get(0) : messages.get(0));
          } else if (!messages.get(0).name.equals(books.get(0).name.other())) {
            lone(messages.get(0));
            lone(books.get(0));
          } else {
            FileName name = messages.get(0).name;
            pairs.add(
                new Pair(
                    tickerDay,
                    name.startMillis(),
                    name.endMillis(),
                    messages.get(0).file,
                    books.get(0).file));
          }
        });
    forgetUnpacked(pairs);
    return new Found(List.copyOf(pairs), List.copyOf(rejected));
  }

  private static List<Half> ofKind(List<Half> halves, FileName.Kind kind) {
    return halves.stream().filter(half -> half.name.kind() == kind).toList();
  }

  private void duplicates(List<Half> same) {
    List<String> locations = same.stream().map(half -> half.file.location()).sorted().toList();
    rejected.add(
        new Rejected(
            same.get(0).name,
            Rejection.ofFile(
                Reason.DUPLICATE_PAIR,
                locations.get(0),
                "the same ticker-day in " + String.join(", ", locations.subList(1, same.size())),
                "no other file of it"),
            same.stream().map(half -> half.file.identity()).sorted().collect(joining(" "))));
  }

  private void lone(Half half) {
    boolean message = half.name.kind() == FileName.Kind.MESSAGE;
    rejected.add(
        new Rejected(
            half.name,
            Rejection.ofFile(
                message ? Reason.MISSING_ORDERBOOK_FILE : Reason.MISSING_MESSAGE_FILE,
                half.file.location(),
                "it alone",
                half.name.other() + " as well"),
            half.file.identity()));
  }
}
