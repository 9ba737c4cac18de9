package org.diskferry.media.fs.exfat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.Item;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.Storage;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;

/// Whatever a disk says, reading it ends.
class ExfatFuzzTest {
  private static final int SECTOR = 512;
  private static final int ENTRY = 32;
  private static final int MOST_PATCHES = 12;
  private static final long MOST_NANOS = 10_000_000_000L;

  /// A sound image with some of its bytes changed where it has metadata, and with checksums set
  /// right, so that what was changed is believed.
  @FuzzTest(maxDuration = "30m")
  void anImageThatWasChangedIsReadOrRefused(FuzzedDataProvider data) throws Exception {
    SmallExfat disk = new SmallExfat();
    ByteBuffer bytes = disk.bytes();
    List<Integer> sectors = sectorsWithContent(bytes);
    for (int i = data.consumeInt(1, MOST_PATCHES); i > 0; i--) {
      int sector = sectors.get(data.consumeInt(0, sectors.size() - 1));
      int at = sector * SECTOR + data.consumeInt(0, SECTOR - Long.BYTES);
      switch (data.consumeInt(0, 2)) {
        case 0 -> bytes.put(at, data.consumeByte());
        case 1 -> bytes.putInt(at & ~3, data.consumeInt());
        default -> bytes.putLong(at & ~7, data.consumeLong());
      }
    }
    disk.sealBoot();
    for (int at = 0; at + ENTRY < bytes.limit(); at += ENTRY) {
      boolean isSet = bytes.get(at) == (byte) EntryType.FILE;
      if (isSet && bytes.get(at + ENTRY) == (byte) EntryType.STREAM) {
        int count = 1 + Byte.toUnsignedInt(bytes.get(at + 1));
        if (at + count * ENTRY <= bytes.limit()) {
          disk.seal(at + ENTRY);
        }
      }
    }
    long start = CpuTime.nanos();
    SmallExfat.readAll(disk.source());
    assertThat(CpuTime.nanos() - start).isLessThan(MOST_NANOS);
  }

  private static List<Integer> sectorsWithContent(ByteBuffer image) {
    List<Integer> sectors = new ArrayList<>();
    for (int sector = 0; sector < image.limit() / SECTOR && sectors.size() < 120; sector++) {
      for (int at = sector * SECTOR; at < (sector + 1) * SECTOR; at++) {
        if (image.get(at) != 0) {
          sectors.add(sector);
          break;
        }
      }
    }
    return sectors;
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
