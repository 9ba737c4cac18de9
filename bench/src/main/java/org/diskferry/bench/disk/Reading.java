package org.diskferry.bench.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;

/// An image, opened anew for everything that is done with it.
final class Reading {
  private static final int PIECE = 1 << 20;

  /// Files that a thread takes at once: few enough to end together.
  private static final int BATCH = 64;

  private final Path image;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private long bytes;

  Reading(Path image) {
    this.image = image;
  }

  /// What is done with the bytes of a file.
  @FunctionalInterface
  private interface Sink {
    void take(ByteBuffer bytes);
  }

  private static final class Files implements FileTree.Visitor {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    @Override
    public void node(Node node) {
      if (node.kind() == Node.Kind.FILE) {
        nodes.add(node);
      }
    }

    @Override
    public void link(Link link) {
      links.add(link);
    }

    @Override
    public void damage(Damage damage) {
      throw new IllegalStateException("a bench wants a sound image: " + damage.reason());
    }
  }

  private static final class Counter implements FileTree.Visitor {
    private long count;

    @Override
    public void node(Node node) {
      count++;
    }

    @Override
    public void link(Link link) {}

    @Override
    public void damage(Damage damage) {}
  }

  private interface Use {
    long with(DataVolume volume) throws MediaException;
  }

  private long open(Use use) throws IOException, MediaException {
    try (FileSource source = FileSource.open(image)) {
      long sum = 0;
      for (DataVolume volume : DeviceStack.open(source, Bounds.GENEROUS).volumes()) {
        sum += use.with(volume);
      }
      return sum;
    }
  }

  /// Opens the image and lists it with names, sizes, times and places.
  ///
  /// @return how many files there are
  long list() throws IOException, MediaException {
    return open(volume -> files(volume).nodes.size());
  }

  private static Files files(DataVolume volume) throws MediaException {
    Files files = new Files();
    volume.tree().scan(files);
    return files;
  }

  /// Lists and keeps nothing.
  long scan() throws IOException, MediaException {
    return open(volume -> {
      Counter counter = new Counter();
      volume.tree().scan(counter);
      return counter.count;
    });
  }

  /// Lists, then reads all content in the order in which it lies on the image.
  ///
  /// @return how many bytes that is
  long readAll() throws IOException, MediaException {
    bytes = open(volume -> read(volume, all -> all.position(all.limit())));
    return bytes;
  }

  /// The same, and the MD5 of each file.
  long digestAll() throws IOException, MediaException {
    MessageDigest digest = md5();
    return open(volume -> read(volume, digest::update));
  }

  /// The MD5 of as many bytes as the files hold, out of memory.
  long digestNothing() {
    MessageDigest digest = md5();
    for (long at = 0; at < bytes; at += PIECE) {
      piece.clear().limit((int) Math.min(PIECE, bytes - at));
      digest.update(piece);
    }
    return digest.digest().length;
  }

  /// Reads the image from its first byte to its last.
  long readForwards() throws IOException, MediaException {
    try (FileSource source = FileSource.open(image)) {
      for (long at = 0; at < source.size(); at += PIECE) {
        piece.clear().limit((int) Math.min(PIECE, source.size() - at));
        source.read(at, piece);
      }
      return source.size();
    }
  }

  /// Lists, then reads all content and takes the MD5 of each file, by as many threads as there are
  /// processors, each taking the files that come next, as the lanes of a load do.
  long digestAllInLanes() throws IOException, MediaException {
    return open(this::digestInLanes);
  }

  private long digestInLanes(DataVolume volume) throws MediaException {
    List<Node> nodes = inOrder(volume);
    int lanes = Runtime.getRuntime().availableProcessors();
    AtomicInteger next = new AtomicInteger();
    List<Future<Long>> sums = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
      for (int i = 0; i < lanes; i++) {
        sums.add(threads.submit(() -> lane(volume, nodes, next)));
      }
    }
    long sum = 0;
    for (Future<Long> one : sums) {
      sum += one.resultNow();
    }
    return sum;
  }

  private static long lane(DataVolume volume, List<Node> nodes, AtomicInteger next)
      throws MediaException {
    MessageDigest digest = md5();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    long sum = 0;
    for (int from = next.getAndAdd(BATCH); from < nodes.size(); from = next.getAndAdd(BATCH)) {
      List<Node> batch = nodes.subList(from, Math.min(from + BATCH, nodes.size()));
      sum += read(volume, batch, piece, digest::update);
    }
    return sum;
  }

  private static List<Node> inOrder(DataVolume volume) throws MediaException {
    List<Node> nodes = files(volume).nodes;
    nodes.sort(Comparator.comparingLong(Node::firstByte));
    return nodes;
  }

  private long read(DataVolume volume, Sink sink) throws MediaException {
    return read(volume, inOrder(volume), piece, sink);
  }

  private static long read(DataVolume volume, List<Node> nodes, ByteBuffer piece, Sink sink)
      throws MediaException {
    long sum = 0;
    for (Node node : nodes) {
      ContentReader reader = new ContentReader(volume.bytes(), volume.tree().content(node));
      for (long at = 0; at < reader.size(); at += PIECE) {
        piece.clear().limit((int) Math.min(PIECE, reader.size() - at));
        reader.read(at, piece);
        sink.take(piece.flip());
      }
      sum += reader.size();
    }
    return sum;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
