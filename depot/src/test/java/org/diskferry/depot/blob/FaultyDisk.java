package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk of which the n-th call fails, or every call of a kind.
final class FaultyDisk implements Disk {
  private final Disk disk;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int failing;
  private volatile String kind = "";
  private volatile String message = "Input/output error";

  FaultyDisk(Path root) {
    disk = new LinuxDisk(root);
  }

  /// The n-th call from now on fails; 0 for none.
  void failAt(int call) {
    calls.set(0);
    failing = call;
  }

  /// All calls of a kind (`append`, `sync` …) fail; empty for none.
  void failAll(String calls, String why) {
    kind = calls;
    message = why;
  }

  int calls() {
    return calls.get();
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    call("create");
    return disk.create(file);
  }

  @Override
  public void append(FileChannel file, ByteBuffer bytes) throws IOException {
    int half = bytes.remaining() / 2;
    try {
      call("append");
    } catch (IOException e) {
      disk.append(file, bytes.slice(bytes.position(), half)); // as a full disk would
      throw e;
    }
    disk.append(file, bytes);
  }

  @Override
  public void cut(FileChannel file, long length) throws IOException {
    call("cut");
    disk.cut(file, length);
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    call("sync");
    disk.sync(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    call("rename");
    disk.rename(from, to);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    call("syncDirectory");
    disk.syncDirectory(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    call("delete");
    disk.delete(file);
  }

  @Override
  public long free() throws IOException {
    return disk.free();
  }

  private void call(String what) throws IOException {
    if (calls.incrementAndGet() == failing || what.equals(kind)) {
      throw new IOException(message);
    }
  }
}
