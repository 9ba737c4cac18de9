package org.diskferry.media.fs.fat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.diskferry.media.fs.chain.Directory;
import org.diskferry.media.fs.chain.EntryWidth;
import org.diskferry.media.fs.chain.Item;
import org.diskferry.media.fs.chain.ItemSink;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;
import org.diskferry.media.testing.ChangeableImage;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;

/// Whatever a disk says, reading it ends.
class FatFuzzTest {
  private static final List<ChangeableImage> IMAGES =
      Stream.of("fat12", "fat16", "fat32")
          .map(kind -> ChangeableImage.resource(SmallFat.class, kind + ".img.gz"))
          .toList();

  /// A sound image with some of its bytes changed, wherever it has any; the first byte says which.
  @FuzzTest(maxDuration = "30m")
  void anImageThatWasChangedIsReadOrRefused(byte[] changes) {
    if (changes.length == 0) {
      return;
    }
    ChangeableImage image = IMAGES.get(Byte.toUnsignedInt(changes[0]) % IMAGES.size());
    byte[] rest = Arrays.copyOfRange(changes, 1, changes.length);
    long start = CpuTime.nanos();
    SmallFat.readAll(image.changed(rest));
    assertThat(CpuTime.nanos() - start).isLessThan(SmallFat.MOST_NANOS);
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
