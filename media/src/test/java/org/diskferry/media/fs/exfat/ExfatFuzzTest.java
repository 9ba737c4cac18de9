package org.diskferry.media.fs.exfat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.Item;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.Storage;
import org.diskferry.media.testing.ChangeableImage;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.PatchedSource;

/// Whatever a disk says, reading it ends.
class ExfatFuzzTest {
  private static final int SECTOR = 512;
  private static final int BOOT_REGION = 11 * SECTOR;
  private static final int ENTRY = 32;

  /// Bytes on either side of a change in which the set may lie that it belongs to.
  private static final int REACH = 1024;

  private static final long MOST_NANOS = 10_000_000_000L;
  private static final ChangeableImage IMAGE =
      ChangeableImage.resource(SmallExfat.class, "small.img.gz");

  /// A sound image with some of its bytes changed, wherever it has any, and with checksums set
  /// right, so that what was changed is believed.
  @FuzzTest(maxDuration = "30m")
  void anImageThatWasChangedIsReadOrRefused(byte[] changes) throws Exception {
    PatchedSource changed = IMAGE.changed(changes);
    seal(changed);
    long start = CpuTime.nanos();
    SmallExfat.readAll(changed);
    assertThat(CpuTime.nanos() - start).isLessThan(MOST_NANOS);
  }

  private static void seal(PatchedSource changed) throws MediaException {
    SortedSet<Long> pieces = new TreeSet<>();
    changed.changed().forEach(at -> pieces.add(at / SECTOR * SECTOR));
    for (long piece : pieces) {
      if (piece < BOOT_REGION) {
        sealBoot(changed);
      } else {
        sealSets(changed, piece);
      }
    }
  }

  private static void sealBoot(PatchedSource changed) throws MediaException {
    ByteBuffer region = bytes(changed, 0, BOOT_REGION);
    byte[] sum = new byte[Integer.BYTES];
    littleEndian(sum).putInt(0, Checksum.ofBootRegion(region, BOOT_REGION));
    for (int at = 0; at < SECTOR; at += sum.length) {
      changed.put(BOOT_REGION + at, sum);
    }
  }

  private static void sealSets(PatchedSource changed, long sector) throws MediaException {
    long start = Math.max(BOOT_REGION, sector - REACH);
    int length = (int) (Math.min(changed.size(), sector + SECTOR + REACH) - start);
    ByteBuffer entries = bytes(changed, start, length);
    for (int at = 0; at + 2 * ENTRY <= length; at += ENTRY) {
      boolean begins =
          entries.get(at) == (byte) EntryType.FILE
              && entries.get(at + ENTRY) == (byte) EntryType.STREAM;
      int bytes = ENTRY * (1 + Byte.toUnsignedInt(entries.get(at + 1)));
      if (begins && at + bytes <= length) {
        byte[] sum = new byte[Short.BYTES];
        littleEndian(sum)
            .putShort(0, (short) Checksum.ofSet(bytes(changed, start + at, bytes), bytes));
        changed.put(start + at + 2, sum);
      }
    }
  }

  private static ByteBuffer bytes(PatchedSource changed, long at, int length)
      throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    changed.read(at, bytes);
    return bytes.flip();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Any bytes.
  @FuzzTest(maxDuration = "30m")
  void anyBytesAreReadOrRefused(byte[] bytes) throws Exception {
    MemorySource source = new MemorySource(bytes);
    assertThat(Exfat.recognises(source)).isIn(true, false);
    SmallExfat.readAll(source);
    try {
      assertThat(BootSector.read(ByteBuffer.wrap(bytes)).clusters()).isPositive();
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /// Any entries of a directory, with checksums set right.
  @FuzzTest(maxDuration = "30m")
  void anyEntriesAreFilesOrNot(byte[] bytes) throws Exception {
    ByteBuffer piece = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
      int length = ENTRY * (1 + Byte.toUnsignedInt(bytes[at + 1]));
      if (at + length <= bytes.length) {
        piece.putShort(at + 2, (short) Checksum.ofSet(piece.slice(at, length), length));
      }
    }
    List<Item> items = new ArrayList<>();
    EntrySets sets =
        new EntrySets(
            new Directory(0, Storage.chained(2, Storage.UNKNOWN), 0),
            new ItemSink() {
              @Override
              public void item(Item item) {
                items.add(item);
              }

              @Override
              public void hidden(Storage storage) {}

              @Override
              public void damage(String reason) {}
            });
    boolean goesOn = true;
    for (int at = 0; at + ENTRY <= bytes.length && goesOn; at += ENTRY) {
      goesOn = sets.record(piece, at, 1024L + at);
    }
    sets.end();
    assertThat(items).hasSizeLessThanOrEqualTo(bytes.length / ENTRY);
    assertThat(items).allMatch(item -> item.name().length() <= 3 * 255);
  }
}
