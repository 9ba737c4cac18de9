package org.diskferry.media.fs.fat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.EntryWidth;
import org.diskferry.media.fs.chain.Item;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.PatchedSource;

/// Whatever a disk says, reading it ends.
class FatFuzzTest {
  private static final List<String> KINDS = List.of("fat12", "fat16", "fat12", "fat32");
  private static final int SECTOR = 512;
  private static final int MOST_PATCHES = 12;
  private static final long MOST_NANOS = 10_000_000_000L;

  private static final Map<String, byte[]> IMAGES = new HashMap<>();

  /// A sound image with some of its bytes changed, wherever it has any.
  @FuzzTest(maxDuration = "30m")
  void anImageThatWasChangedIsReadOrRefused(FuzzedDataProvider data) throws Exception {
    byte[] image = image(data.pickValue(KINDS));
    List<Integer> sectors = sectorsWithContent(image);
    PatchedSource changed = new PatchedSource(new MemorySource(image));
    for (int i = data.consumeInt(1, MOST_PATCHES); i > 0; i--) {
      long sector = sectors.get(data.consumeInt(0, sectors.size() - 1));
      int at = data.consumeInt(0, SECTOR - Long.BYTES);
      byte[] value = new byte[Long.BYTES];
      ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).putLong(data.consumeLong());
      changed.put(sector * SECTOR + at, Arrays.copyOf(value, data.consumeInt(1, Long.BYTES)));
    }
    long start = CpuTime.nanos();
    SmallFat.readAll(changed);
    assertThat(CpuTime.nanos() - start).isLessThan(MOST_NANOS);
  }

  private static byte[] image(String kind) throws Exception {
    byte[] image = IMAGES.get(kind);
    if (image == null) {
      image = SmallFat.bytes(kind);
      IMAGES.put(kind, image);
    }
    return image;
  }

  // Of the files' contents only the first sectors: changes there say nothing.
  private static List<Integer> sectorsWithContent(byte[] image) {
    List<Integer> sectors = new ArrayList<>();
    for (int sector = 0; sector < image.length / SECTOR && sectors.size() < 80; sector++) {
      for (int at = sector * SECTOR; at < (sector + 1) * SECTOR; at++) {
        if (image[at] != 0) {
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
    assertThat(Fat.recognises(source)).isIn(true, false);
    SmallFat.readAll(source);
  }

  /// Any records of a directory.
  @FuzzTest(maxDuration = "30m")
  void anyRecordsAreEntriesOrNot(byte[] bytes) throws Exception {
    FatDialect dialect = new FatDialect(EntryWidth.FAT32, new ShortNames(Fat.CODE_PAGE));
    Directory root = new Directory(0, Storage.chained(2, Storage.UNKNOWN), 0);
    List<Item> items = new ArrayList<>();
    RecordSink records =
        dialect.records(
            root,
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
    ByteBuffer piece = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean goesOn = true;
    for (int at = 0; at + 32 <= bytes.length && goesOn; at += 32) {
      goesOn = records.record(piece, at, 1024L + at);
    }
    records.end();
    assertThat(items).hasSizeLessThanOrEqualTo(bytes.length / 32);
    assertThat(items).allMatch(item -> item.name().length() <= 3 * 255);
  }
}
