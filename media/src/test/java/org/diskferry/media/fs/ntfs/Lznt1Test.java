package org.diskferry.media.fs.ntfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.diskferry.media.MediaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LZNT1 at its edges, by hand. What ntfs-3g packs is read by [NtfsTest].
class Lznt1Test {
  private static final int CHUNK = 4096;

  private static int unpack(String hex, byte[] plain) throws MediaException {
    return Lznt1.unpack(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), plain);
  }

  @Test
  void theExampleOfTheSpecificationIsRead() throws MediaException {
    byte[] plain = new byte[CHUNK];
    String packed =
        "38b08846232000204720410010a24701a045204400084501507900c045200524"
            + "138805b4024a44ef0358028c091601484500be009e000401189000";
    String tune =
        "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D "
            + "E E F# D E F# G F# D E F# G F# E D E A F# F# G A A G F# E D D E F# E D D";
    assertThat(unpack(packed, plain)).isEqualTo(CHUNK);
    assertThat(new String(plain, 0, tune.length(), US_ASCII)).isEqualTo(tune);
  }

  @Test
  void aCopyMayReachIntoWhatItMakesAndFillTheChunk() throws MediaException {
    byte[] plain = new byte[CHUNK];
    // One byte, then a copy from a distance of 1 of 4,095 bytes: 12 bits of length.
    assertThat(unpack("03b00278fc0f", plain)).isEqualTo(CHUNK);
    byte[] expected = new byte[CHUNK];
    Arrays.fill(expected, (byte) 'x');
    assertThat(plain).isEqualTo(expected);
  }

  @Test
  void aShortChunkIsFollowedByZerosUpToItsEnd() throws MediaException {
    byte[] plain = new byte[3 * CHUNK];
    assertThat(unpack("01b00041" + "01b00042", plain)).isEqualTo(2 * CHUNK);
    assertThat(plain[0]).isEqualTo((byte) 'A');
    assertThat(plain[1]).isZero();
    assertThat(plain[CHUNK]).isEqualTo((byte) 'B');
  }

  @Test
  void aStoredChunkIsTakenAsItIs() throws MediaException {
    byte[] plain = new byte[CHUNK];
    assertThat(unpack("ff3f" + "5a".repeat(CHUNK), plain)).isEqualTo(CHUNK);
    assertThat(plain).containsOnly(0x5A);
  }

  @Test
  void aHeadOfZeroEndsTheUnit() throws MediaException {
    byte[] plain = new byte[2 * CHUNK];
    assertThat(unpack("01b00041" + "0000" + "01b00042", plain)).isEqualTo(CHUNK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02b0010000", // a copy at the start
        "03b0024100ff", // a copy from before the chunk
        "04b00278ff0f00", // longer than the chunk
        "01c00041", // a signature that is none
        "ff3f5a", // stored, and cut short
        "01b001", // cut short behind its flags
        "02b0027841", // half of a copy
      })
  void whatMeansNothingIsDamaged(String hex) {
    assertThatThrownBy(() -> unpack(hex, new byte[CHUNK]))
        .isInstanceOfSatisfying(
            MediaException.class,
            e -> assertThat(e.trouble()).isEqualTo(MediaException.Trouble.DAMAGED));
  }
}
