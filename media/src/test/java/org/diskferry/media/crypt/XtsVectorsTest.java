package org.diskferry.media.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// XTS and the ciphers in it, by published examples.
class XtsVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  // IEEE 1619-2007, annex B, vector 10: AES-256, data unit 0xff, 512 bytes 00..ff twice.
  private static final String KEY_1 =
      "2718281828459045235360287471352662497757247093699959574966967627";
  private static final String KEY_2 =
      "3141592653589793238462643383279502884197169399375105820974944592";
  private static final String BEGINNING =
      "1c3b3a102f770386e4836c99e370cf9bea00803f5e482357a4ae12d414a3e63b"
          + "5d31e276f8fe4a8d66b317f9ac683f44680a86ac35adfc3345befecb4bb188fd";
  private static final String END = "c4f36ffda9fcea70b9c6e693e148c151";

  private static byte[] counting() {
    byte[] data = new byte[512];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    return data;
  }

  @Test
  void theStandardsExampleForAes256() {
    Cascade aes = Cascade.ALL.getFirst();
    byte[] keys = HEX.parseHex(KEY_1 + KEY_2);
    byte[] data = counting();

    XtsCipher.encrypting(aes, keys).transform(0xff, data, 0, data.length);

    assertThat(HEX.formatHex(data)).startsWith(BEGINNING).endsWith(END);
    XtsCipher.decrypting(aes, keys).transform(0xff, data, 0, data.length);
    assertThat(data).isEqualTo(counting());
  }

  // One block at unit 0 is the plain cipher once both tweaks are taken off again.
  private static void isTheCipher(Algorithm algorithm, String key, String plain, String encrypted) {
    byte[] out = new byte[16];
    algorithm.blocks(true, HEX.parseHex(key)).transform(HEX.parseHex(plain), 0, 16, out, 0);
    assertThat(HEX.formatHex(out)).isEqualTo(encrypted);
    byte[] back = new byte[16];
    algorithm.blocks(false, HEX.parseHex(key)).transform(out, 0, 16, back, 0);
    assertThat(HEX.formatHex(back)).isEqualTo(plain);
  }

  @Test
  void theExamplesOfTheCiphersAuthors() {
    // FIPS 197, C.3.
    isTheCipher(
        Algorithm.AES,
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "00112233445566778899aabbccddeeff",
        "8ea2b7ca516745bfeafc49904b496089");
    // The Twofish paper, appendix B.2, I = 3 of the 256-bit table.
    isTheCipher(
        Algorithm.TWOFISH,
        "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff",
        "00000000000000000000000000000000",
        "37527be0052334b89f0cfccae87cfa20");
    // RFC 3713, appendix A.
    isTheCipher(
        Algorithm.CAMELLIA,
        "0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff",
        "0123456789abcdeffedcba9876543210",
        "9acc237dff16d76c20ef7c919e3a7509");
    // RFC 7801, section 5.5.
    isTheCipher(
        Algorithm.KUZNYECHIK,
        "8899aabbccddeeff0011223344556677fedcba98765432100123456789abcdef",
        "1122334455667700ffeeddccbbaa9988",
        "7f679d90bebc24305a468d42b9d4edcd");
    // NESSIE, Serpent with 256 bits, set 1, vector 0.
    isTheCipher(
        Algorithm.SERPENT,
        "8000000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000",
        "a223aa1288463c0e2be38ebd825616c0");
  }

  // The definition, written as the standard has it, one block at a time and with big numbers.
  private static byte[] byDefinition(byte[] keys, long unit, byte[] data) throws Exception {
    Cipher tweaks = Cipher.getInstance("AES/ECB/NoPadding");
    tweaks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, 32, 32, "AES"));
    Cipher blocks = Cipher.getInstance("AES/ECB/NoPadding");
    blocks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, 0, 32, "AES"));
    byte[] out = new byte[data.length];
    byte[] tweak = {};
    for (int at = 0; at < data.length; at += 16) {
      if (at % 512 == 0) {
        byte[] number = new byte[16];
        for (int i = 0; i < 8; i++) {
          number[i] = (byte) ((unit + at / 512) >>> (8 * i));
        }
        tweak = tweaks.doFinal(number);
      }
      byte[] block = Arrays.copyOfRange(data, at, at + 16);
      xor(block, tweak);
      block = blocks.doFinal(block);
      xor(block, tweak);
      System.arraycopy(block, 0, out, at, 16);
      tweak = doubled(tweak);
    }
    return out;
  }

  private static void xor(byte[] block, byte[] mask) {
    for (int i = 0; i < 16; i++) {
      block[i] ^= mask[i];
    }
  }

  private static byte[] doubled(byte[] tweak) {
    byte[] out = new byte[16];
    int carry = 0;
    for (int i = 0; i < 16; i++) {
      int value = Byte.toUnsignedInt(tweak[i]);
      out[i] = (byte) (value << 1 | carry);
      carry = value >>> 7;
    }
    out[0] ^= (byte) (carry * 0x87);
    return out;
  }

  @Test
  void longRunsAreWhatTheDefinitionSaysBlockByBlock() throws Exception {
    Random random = new Random(3);
    byte[] keys = new byte[64];
    random.nextBytes(keys);
    for (int length : new int[] {16, 448, 512, 1024, 16_384, 16_896, 40_960}) {
      for (long unit : new long[] {0, 1, 255, 0xFFFF_FFFFL, Long.MAX_VALUE / 512 - 100}) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        byte[] padded = new byte[length + 7];
        System.arraycopy(data, 0, padded, 7, length);

        XtsCipher.encrypting(Cascade.ALL.getFirst(), keys).transform(unit, padded, 7, length);

        assertThat(Arrays.copyOfRange(padded, 7, padded.length))
            .isEqualTo(byDefinition(keys, unit, data));
      }
    }
  }
}
