package org.diskferry.media.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.Extent;

/// Whatever a decrypted header says, it ends in a place that exists, in a reason, or in nothing.
class VolumeHeaderFuzzTest {

  @FuzzTest
  void header(byte[] bytes) {
    check(Arrays.copyOf(bytes, VolumeHeader.BODY), bytes.length);
  }

  /// With magic and checksums made right, so that the fields are reached.
  @FuzzTest
  void fields(byte[] bytes) {
    byte[] body = Arrays.copyOf(bytes, VolumeHeader.BODY);
    ByteBuffer buffer = ByteBuffer.wrap(body);
    buffer.putInt(0, (body[0] & 1) == 0 ? Program.TRUECRYPT.magic() : Program.VERACRYPT.magic());
    buffer.putInt(8, crc(body, 192, 448));
    buffer.putInt(188, crc(body, 0, 188));
    check(body, ByteBuffer.wrap(body).getLong(200));
  }

  private static void check(byte[] body, long size) {
    long hostSize = Math.max(0, size);
    switch (VolumeHeader.read(body)) {
      case VolumeHeader.Reading.Foreign _ -> {}
      case VolumeHeader.Reading.Bad(String reason) -> assertThat(reason).isNotBlank();
      case VolumeHeader.Reading.Good(VolumeHeader header) -> {
        for (HeaderPlace place : HeaderPlace.values()) {
          try {
            Extent area = header.area(hostSize, place);
            assertThat(area.physicalEnd()).isLessThanOrEqualTo(hostSize);
            assertThat(area.physical() % 512 + area.length() % 512).isZero();
          } catch (MediaException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        }
      }
    }
  }

  private static int crc(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }
}
