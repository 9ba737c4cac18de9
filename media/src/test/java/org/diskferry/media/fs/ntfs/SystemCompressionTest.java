package org.diskferry.media.fs.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.diskferry.media.MediaException;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.ContentSet.Pattern;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Single chunks: those that wimlib packs, and what no packer makes, by hand.
class SystemCompressionTest {
  private static final int VERBATIM = 1;
  private static final int ALIGNED = 2;

  @Test
  void chunksWithBothKindsOfPackedBlocksAreReadAsWimlibMeantThem(@TempDir Path folder)
      throws Exception {
    Tool.require(getClass(), "wimcapture");
    Path plain = Files.createDirectory(folder.resolve("plain"));
    ContentSet set = new ContentSet(3);
    for (int i = 0; i < 40; i++) {
      set.file("file " + i, Lzx.CHUNK, i % 2 == 0 ? Pattern.TEXT : Pattern.MIXED);
    }
    set.writeTo(plain);
    WimImage image = WimImage.of(plain, SystemCompression.LZX_32K);
    Set<Integer> kinds = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      byte[] content = Files.readAllBytes(plain.resolve("file " + i));
      byte[] packed = image.packed(content).orElseThrow();
      kinds.add((packed[1] & 0xFF) >>> 5);
      assertThat(Lzx.unpack(packed, 0, packed.length, content.length)).isEqualTo(content);
    }
    assertThat(kinds).containsExactly(VERBATIM, ALIGNED);
  }

  // 3 bits kind, 1 bit "not 32 KiB", 16 bits size, then three distances and the bytes.
  private static byte[] storedBlocks(byte[] content, int first) {
    ByteBuffer out = ByteBuffer.allocate(content.length + 64).order(ByteOrder.LITTLE_ENDIAN);
    int from = 0;
    for (int size : new int[] {first, content.length - first}) {
      int head = 3 << 29 | size << 12;
      out.putShort((short) (head >>> 16)).putShort((short) head);
      out.putInt(1).putInt(1).putInt(1).put(content, from, size);
      if (size % 2 != 0) {
        out.put((byte) 0);
      }
      from += size;
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void storedBlocksOfOddAndEvenSizeAreTakenAsTheyAre() throws MediaException {
    byte[] content = new byte[5_000];
    Arrays.fill(content, (byte) 'x');
    content[4_999] = 'y';
    for (int first : new int[] {1, 2, 2_500, 4_999}) {
      byte[] packed = storedBlocks(content, first);
      assertThat(Lzx.unpack(packed, 0, packed.length, content.length)).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCutShortOrMeaninglessIsDamaged(SystemCompression compression) {
    for (byte fill : new byte[] {0, 0x11, 0x55, (byte) 0xFF}) {
      for (int length : new int[] {0, 1, 255, 256, 300, 3_000}) {
        byte[] packed = new byte[length];
        Arrays.fill(packed, fill);
        assertThatThrownBy(() -> compression.unpack(packed, length, compression.chunkBytes()))
            .isInstanceOfSatisfying(
                MediaException.class,
                e -> assertThat(e.trouble()).isEqualTo(MediaException.Trouble.DAMAGED));
      }
    }
  }

  @Test
  void everyByteOfAPackedChunkCanBeWrongWithoutHarm(@TempDir Path folder) throws Exception {
    Tool.require(getClass(), "wimcapture");
    Path plain = Files.createDirectory(folder.resolve("plain"));
    new ContentSet(5).file("text", 4_096, Pattern.TEXT).writeTo(plain);
    byte[] content = Files.readAllBytes(plain.resolve("text"));
    for (SystemCompression compression : SystemCompression.values()) {
      byte[] packed = WimImage.of(plain, compression).packed(content).orElseThrow();
      int refused = 0;
      for (int at = 0; at < packed.length; at++) {
        byte[] wrong = packed.clone();
        wrong[at] ^= 0x40;
        refused += isRefused(compression, wrong, content.length) ? 1 : 0;
      }
      assertThat(refused).isPositive();
    }
  }

  private static boolean isRefused(SystemCompression compression, byte[] packed, int length) {
    try {
      assertThat(compression.unpack(packed, packed.length, length)).hasSize(length);
      return false;
    } catch (MediaException e) {
      return e.trouble() == MediaException.Trouble.DAMAGED;
    }
  }
}
