package org.diskferry.app.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Writes a tree of files such as people send: photographs, a film, documents, many small files,
/// names in several scripts, and what they forgot to delete. The same every time.
final class DemoTree {
  private static final long SEED = 20_260_101L;
  private static final Instant NEWEST = Instant.parse("2025-12-31T12:00:00Z");
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  private final Random random = new Random(SEED);
  private final Path root;
  private long seconds;

  DemoTree(Path root) {
    this.root = root;
  }

  void write() throws IOException {
    for (int i = 1; i <= 120; i++) {
      String name = "photographs/%d/IMG_%04d.JPG".formatted(2020 + i / 30, i);
      noise(name, 200 * KIB + random.nextInt(600 * KIB), new byte[] {-1, -40, -1, -32});
    }
    noise("film/reel 01.mov", 96L * MIB, "\0\0\0\24ftypqt  ".getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < 1500; i++) {
      text("mail/%02d/message-%05d.eml".formatted(i % 40, i), 20 + random.nextInt(120));
    }
    text("documents/Übersicht.txt", 400);
    text("documents/日本語/記録.txt", 60);
    text("documents/table.csv", 2000);
    gzip("documents/page.html.gz", 900);
    text("documents/notes.txt~", 10);
    noise("$RECYCLE.BIN/$R0A1B2.dat", 3L * MIB, new byte[0]);
    Files.createDirectories(root.resolve("empty folder"));
    noise("documents/empty.txt", 0, new byte[0]);
  }

  private Path place(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void stamp(Path file) throws IOException {
    seconds += 3601;
    Files.setLastModifiedTime(file, FileTime.from(NEWEST.minus(seconds, ChronoUnit.SECONDS)));
  }

  private void noise(String path, long size, byte[] head) throws IOException {
    Path file = place(path);
    byte[] piece = new byte[64 * KIB];
    try (OutputStream out = Files.newOutputStream(file)) {
      int first = (int) Math.min(size, head.length);
      out.write(head, 0, first);
      for (long left = size - first; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        out.write(piece, 0, (int) Math.min(left, piece.length));
      }
    }
    stamp(file);
  }

  private void text(String path, int lines) throws IOException {
    Path file = place(path);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      lines(out, lines);
    }
    stamp(file);
  }

  private void gzip(String path, int lines) throws IOException {
    Path file = place(path);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      lines(out, lines);
    }
    stamp(file);
  }

  private void lines(OutputStream out, int lines) throws IOException {
    for (int i = 0; i < lines; i++) {
      String line = "%d, %d, %d%n".formatted(i, random.nextInt(), random.nextInt());
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
