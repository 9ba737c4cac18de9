package org.diskferry.media.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// A tree of files that is written to a disk, and the list of what must come out of it. The list is
/// taken from the source, never from the disk. Same seed, same bytes.
public final class ContentSet {
  private static final int PIECE = 1 << 16;
  private static final long FIRST_TIME = 1_000_000_000L;

  /// What the bytes of a file look like, which matters to compression and to holes.
  public enum Pattern {
    /// Not compressible.
    RANDOM,
    /// Words: compresses well.
    TEXT,
    /// Zeros, written and not left out.
    ZEROS,
    /// Stretches of each of the others.
    MIXED
  }

  private record Entry(String path, long size, Pattern pattern) {}

  private final Random random;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();

  /// An empty set.
  public ContentSet(long seed) {
    this.random = new Random(seed);
  }

  /// The set that every file system has to carry: 300 small files, names in many scripts, odd
  /// names, a path of 31 folders, empty files and folders, sizes around block edges, one of 9 MiB.
  public static ContentSet standard(long seed) {
    return new ContentSet(seed)
        .smallFiles("small", 300, 100_000)
        .unicodeNames("unicode")
        .oddNames("odd")
        .edgeSizes("edges")
        .deepPath("deep", 31)
        .folder("empty folder")
        .file("big/nine.bin", (9L << 20) + 12_345, Pattern.RANDOM);
  }

  /// Adds a file.
  public ContentSet file(String path, long size, Pattern pattern) {
    entries.add(new Entry(path, size, pattern));
    return this;
  }

  /// Adds a folder with nothing in it.
  public ContentSet folder(String path) {
    folders.add(path);
    return this;
  }

  /// Adds `count` files of 1 to `largest` bytes, a hundred a folder.
  public ContentSet smallFiles(String folder, int count, int largest) {
    for (int i = 0; i < count; i++) {
      String path = "%s/%02d/file %05d.bin".formatted(folder, i / 100, i);
      file(path, 1L + random.nextInt(largest), Pattern.RANDOM);
    }
    return this;
  }

  /// Adds names of several scripts, composed and decomposed, inside and outside the basic plane.
  public ContentSet unicodeNames(String folder) {
    List<String> names =
        List.of(
            "Größenübersicht äöüß.txt",
            "日本語のファイル.txt",
            "Привет, мир.txt",
            "emoji 😀🚢 end.txt",
            "NFC \u00e9.txt",
            "NFD e\u0301.txt",
            "ملف.txt",
            "Ωmega\u00a0nbsp.txt",
            "ü".repeat(100) + ".txt");
    names.forEach(name -> file(folder + "/" + name, name.length() * 17L, Pattern.TEXT));
    return this;
  }

  /// Adds names that programs trip over; none that some file system of ours forbids.
  public ContentSet oddNames(String folder) {
    List<String> names =
        List.of(
            ".hidden",
            "..two dots",
            " leading blank",
            "in  the   middle",
            "'single' quotes",
            "semi;colon&and=equals",
            "percent%20 #hash",
            "$MFT",
            "$Bitmap",
            "lost+found",
            "no extension",
            "n".repeat(204),
            "x".repeat(255));
    names.forEach(name -> file(folder + "/" + name, name.length() * 3L, Pattern.TEXT));
    return this;
  }

  /// Adds files whose sizes lie on and beside the edges of sectors, records, blocks and clusters.
  public ContentSet edgeSizes(String folder) {
    file(folder + "/0.bin", 0, Pattern.RANDOM).file(folder + "/1.bin", 1, Pattern.RANDOM);
    for (int edge = 256; edge <= 1 << 18; edge *= 2) {
      for (int size = edge - 1; size <= edge + 1; size++) {
        file(folder + "/" + size + ".bin", size, Pattern.RANDOM);
      }
    }
    return this;
  }

  /// Adds a file under `depth` folders, one in the other.
  public ContentSet deepPath(String folder, int depth) {
    StringBuilder path = new StringBuilder(folder);
    for (int i = 1; i < depth; i++) {
      path.append("/level ").append(i);
    }
    return file(path + "/bottom.txt", 333, Pattern.TEXT);
  }

  /// Writes everything below `root` and tells what was written.
  public Listing writeTo(Path root) throws IOException {
    TreeMap<String, Listing.Row> files = new TreeMap<>();
    for (String folder : folders) {
      Files.createDirectories(root.resolve(folder));
    }
    long mtime = FIRST_TIME;
    for (Entry entry : entries) {
      mtime += 86_399;
      Path file = root.resolve(entry.path());
      Files.createDirectories(file.getParent());
      String md5 = write(file, entry);
      Files.setLastModifiedTime(file, FileTime.fromMillis(mtime * 1000));
      files.put(entry.path(), new Listing.Row(entry.size(), md5, mtime));
    }
    return new Listing(files);
  }

  private String write(Path file, Entry entry) throws IOException {
    MessageDigest digest = Md5.fresh();
    byte[] piece = new byte[PIECE];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = entry.size(); left > 0; left -= Math.min(left, PIECE)) {
        int length = (int) Math.min(left, PIECE);
        fill(piece, entry.pattern());
        digest.update(piece, 0, length);
        out.write(piece, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void fill(byte[] piece, Pattern pattern) {
    switch (pattern) {
      case RANDOM -> random.nextBytes(piece);
      case TEXT -> fillWords(piece, 0, piece.length);
      case ZEROS -> Arrays.fill(piece, (byte) 0);
      case MIXED -> fillMixed(piece);
    }
  }

  private void fillWords(byte[] piece, int from, int to) {
    for (int i = from; i < to; i++) {
      piece[i] = (byte) (random.nextInt(6) == 0 ? ' ' : "etaoinshrdlu".charAt(random.nextInt(12)));
    }
    for (int i = from + 64; i + 32 < to; i += 32 + random.nextInt(64)) {
      int back = 1 + random.nextInt(i - from);
      int length = Math.min(random.nextInt(32), Math.min(back, to - i));
      System.arraycopy(piece, i - back, piece, i, length);
    }
  }

  private void fillMixed(byte[] piece) {
    for (int from = 0; from < piece.length; from += 4096) {
      int to = Math.min(piece.length, from + 4096);
      switch (random.nextInt(3)) {
        case 0 -> fillWords(piece, from, to);
        case 1 -> Arrays.fill(piece, from, to, (byte) 0);
        default -> {
          for (int i = from; i < to; i++) {
            piece[i] = (byte) random.nextInt();
          }
        }
      }
    }
  }
}
