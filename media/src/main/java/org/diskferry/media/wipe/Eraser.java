package org.diskferry.media.wipe;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;

/// Overwrites a whole device with zeros and reads it back.
///
/// The order makes an interruption visible at every moment: the tombstone is written and synced
/// first, the rest is zeroed, synced and read back, and only then the tombstone goes. Running it
/// again, on a device in any state in between, leads to the same end. What it does not promise:
/// sectors that the device itself has set aside are not reached by any write.
public final class Eraser {
  /// One step: large enough for the speed of any disk, small enough to show progress.
  private static final int STEP = 4 << 20;

  private final BlockDevice device;
  private final Tombstone tombstone;

  /// For a device that is held exclusively.
  public Eraser(BlockDevice device, Tombstone tombstone) {
    if (device.size() < Tombstone.SIZE) {
      throw new IllegalArgumentException(
          "a device of " + device.size() + " bytes holds no tombstone");
    }
    this.device = device;
    this.tombstone = tombstone;
  }

  /// The tombstone that an interrupted erase left; empty where there is none. A first sector that
  /// cannot be read shows none: there the erase has failed before it began.
  public static Optional<Tombstone> interrupted(BlockSource device) throws MediaException {
    if (device.size() < Tombstone.SIZE) {
      return Optional.empty();
    }
    ByteBuffer sector = ByteBuffer.allocate(Tombstone.SIZE);
    try {
      device.read(0, sector);
    } catch (MediaException e) {
      if (e.trouble() == MediaException.Trouble.GONE) {
        throw e;
      }
      return Optional.empty();
    }
    return Tombstone.decode(sector.flip());
  }

  /// Erases. `progress` is told the bytes done so far, of twice the device's size: written, then
  /// read.
  ///
  /// @throws MediaException when a byte could not be written or does not read back as zero; the
  ///   tombstone then stands
  public Erasure erase(LongConsumer progress) throws MediaException {
    device.write(0, tombstone.encode());
    device.force();
    long size = device.size();
    for (long at = Tombstone.SIZE; at < size; at = nextStep(at)) {
      device.zero(at, Math.min(nextStep(at), size) - at);
      progress.accept(Math.min(nextStep(at), size));
    }
    boolean fromMedium = device.dropCache();
    checkZero(Tombstone.SIZE, size, progress);
    device.zero(0, Tombstone.SIZE);
    fromMedium &= device.dropCache();
    checkZero(0, Tombstone.SIZE, done -> {});
    progress.accept(2 * size);
    return new Erasure(size, fromMedium);
  }

  // Steps end at multiples of the step, so that all but the first are aligned for the device.
  private static long nextStep(long at) {
    return at - at % STEP + STEP;
  }

  private void checkZero(long from, long to, LongConsumer progress) throws MediaException {
    ByteBuffer step = ByteBuffer.allocateDirect(STEP);
    for (long at = from; at < to; at = nextStep(at)) {
      step.clear().limit(Math.toIntExact(Math.min(nextStep(at), to) - at));
      device.read(at, step);
      checkZero(at, step.flip());
      progress.accept(device.size() + at);
    }
  }

  private static void checkZero(long start, ByteBuffer bytes) throws MediaException {
    ByteBuffer words = bytes.duplicate();
    while (words.remaining() >= Long.BYTES && words.getLong(words.position()) == 0) {
      words.position(words.position() + Long.BYTES);
    }
    for (int i = words.position(); i < bytes.limit(); i++) {
      if (bytes.get(i) != 0) {
        throw new MediaException(
            Trouble.UNREADABLE, "byte " + (start + i) + ": does not read as zero after the erase");
      }
    }
  }
}
