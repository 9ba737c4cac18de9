package org.diskferry.media.fs.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.testing.CpuTime;
import org.diskferry.media.testing.MemorySource;

/// Bytes of any kind end in a value or in a [MediaException], never in anything else. Each is
/// fuzzed by itself: `JAZZER_FUZZ=1` and `-Dtest=NtfsFuzzTest#NAME`.
class NtfsFuzzTest {
  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// A sound image with some of its bytes changed, wherever it has any.
  @FuzzTest(maxDuration = "30m")
  void anImageThatWasChangedIsReadOrRefused(byte[] changes) {
    long start = CpuTime.nanos();
    SmallDisk.readAll(SmallDisk.IMAGE.changed(changes));
    assertThat(CpuTime.nanos() - start).isLessThan(SmallDisk.MOST_NANOS);
  }

  @FuzzTest(maxDuration = "30m")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    SmallDisk.readAll(new MemorySource(bytes));
  }

  @FuzzTest(maxDuration = "30m")
  void bootSector(byte[] bytes) {
    try {
      BootSector boot = BootSector.read(ByteBuffer.wrap(bytes));
      assertThat(boot.clusters()).isPositive();
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "30m")
  void fileRecord(byte[] bytes) {
    if (bytes.length < 512) {
      return;
    }
    try {
      Segment segment = Segment.read(30, littleEndian(bytes));
      FileRecord file = new FileRecord(segment, segment.attributes(), List.of());
      file.stream(Attribute.DATA, "", new MappingPairs(1 << 20));
      file.names();
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "30m")
  void attributeList(byte[] bytes) {
    try {
      assertThat(AttributeList.read(littleEndian(bytes)).size()).isLessThanOrEqualTo(bytes.length);
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "30m")
  void mappingPairs(byte[] bytes) {
    List<Run> runs = new ArrayList<>();
    Attribute.Key key = new Attribute.Key(Attribute.DATA, "", 0);
    try {
      new MappingPairs(1 << 20)
          .decode(new Attribute.Mapped(key, 0, bytes.length, 0, 0, 0, littleEndian(bytes)), runs);
      assertThat(runs.getLast().endVcn()).isEqualTo(bytes.length + 1);
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "30m")
  void compressedUnit(byte[] bytes) {
    try {
      assertThat(Lznt1.unpack(ByteBuffer.wrap(bytes), new byte[65_536])).isBetween(0, 65_536);
    } catch (MediaException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "30m")
  void xpressChunk(byte[] bytes) {
    unpack(SystemCompression.XPRESS_4K, bytes);
  }

  @FuzzTest(maxDuration = "30m")
  void lzxChunk(byte[] bytes) {
    unpack(SystemCompression.LZX_32K, bytes);
  }

  private static void unpack(SystemCompression compression, byte[] bytes) {
    int length = compression.chunkBytes() - 3;
    try {
      assertThat(compression.unpack(bytes, bytes.length, length)).hasSize(length);
    } catch (MediaException e) {
      assertThat(e.trouble()).isEqualTo(MediaException.Trouble.DAMAGED);
    }
  }
}
