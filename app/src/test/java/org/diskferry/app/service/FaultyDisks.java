package org.diskferry.app.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.station.dock.Opening;

/// Opens the machine's real devices and images, and lets their reads pass through faults where a
/// test has said so.
final class FaultyDisks implements Opening {
  private final Map<Path, UnaryOperator<FaultyBlockSource>> faults = new ConcurrentHashMap<>();
  private final Map<Path, Runnable> deeds = new ConcurrentHashMap<>();
  private final Set<Path> open = ConcurrentHashMap.newKeySet();

  /// The next time that `path` is opened it has these faults.
  void fail(Path path, UnaryOperator<FaultyBlockSource> how) {
    faults.put(path, how);
  }

  /// Once, before the device at `path` is read for the second time, this happens.
  void beforeSecondReading(Path path, Runnable deed) {
    deeds.put(path, deed);
  }

  boolean isOpen(Path path) {
    return open.contains(path);
  }

  @Override
  public BlockDevice open(Path path) throws IOException {
    BlockDevice real = Devices.openExclusively(path);
    open.add(path);
    UnaryOperator<FaultyBlockSource> how = faults.getOrDefault(path, sound -> sound);
    return new Disk(path, real, how.apply(new FaultyBlockSource(real)));
  }

  private final class Disk implements BlockDevice {
    private final Path path;
    private final BlockDevice real;
    private final BlockSource faulty;
    private volatile boolean written;

    private Disk(Path path, BlockDevice real, BlockSource faulty) {
      this.path = path;
      this.real = real;
      this.faulty = faulty;
    }

    @Override
    public long size() {
      return real.size();
    }

    @Override
    public int sectorSize() {
      return real.sectorSize();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws MediaException {
      // A bad sector that is written is replaced by the disk.
      if (written) {
        real.read(offset, target);
      } else {
        faulty.read(offset, target);
      }
    }

    @Override
    public void write(long offset, ByteBuffer source) throws MediaException {
      written = true;
      real.write(offset, source);
    }

    @Override
    public void zero(long offset, long length) throws MediaException {
      written = true;
      real.zero(offset, length);
    }

    @Override
    public void force() throws MediaException {
      real.force();
    }

    @Override
    public boolean dropCache() throws MediaException {
      Runnable deed = deeds.remove(path);
      if (deed != null) {
        deed.run();
      }
      return real.dropCache();
    }

    @Override
    public void close() {
      real.close();
      open.remove(path);
    }
  }
}
