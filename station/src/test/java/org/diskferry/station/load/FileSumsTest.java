package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;
import org.diskferry.station.Digests;
import org.diskferry.station.testing.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSumsTest {
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB, 5 * MIB + 7})
  void theSumsAreThoseOfTheWholeHoweverItIsCut(int size) {
    byte[] bytes = Bytes.seeded(size, size);
    FileSums sums = new FileSums();
    Random random = new Random(size);
    for (int at = 0; at < size; ) {
      int length = Math.min(size - at, 1 + random.nextInt(2 * MIB));
      sums.update(ByteBuffer.wrap(bytes, at, length));
      at += length;
    }
    sums.end();
    assertThat(sums.bytes()).isEqualTo(size);
    assertThat(sums.crc32c()).isEqualTo(crc(bytes));
    assertThat(sums.md5()).isEqualTo(HexFormat.of().formatHex(Digests.md5().digest(bytes)));
    assertThat(sums.blocks().count()).isEqualTo(Math.ceilDiv(size, MIB));
    for (int i = 0; i < sums.blocks().count(); i++) {
      byte[] block = Arrays.copyOfRange(bytes, i * MIB, Math.min(size, (i + 1) * MIB));
      assertThat(sums.blocks().at(i)).isEqualTo(crc(block));
    }
  }

  private static long crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
