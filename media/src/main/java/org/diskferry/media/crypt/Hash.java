package org.diskferry.media.crypt;

import java.util.Arrays;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.GOST3411_2012_512Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.WhirlpoolDigest;

/// The hashes by which the programs make a header's key from a password, and how often each is
/// repeated for volumes that are not the system's.
///
/// | hash | TrueCrypt | VeraCrypt without a PIM |
/// |---|---|---|
/// | SHA-512 | 1,000 | 500,000 |
/// | SHA-256, BLAKE2s-256, Streebog | – | 500,000 |
/// | Whirlpool | 1,000 | 500,000 |
/// | RIPEMD-160 | 2,000 | 655,331 |
///
/// With a PIM, VeraCrypt repeats every hash 15,000 + 1,000 × PIM times.
enum Hash {
  SHA_512("SHA-512", 1_000, 500_000, 6),
  SHA_256("SHA-256", 0, 500_000, 2),
  RIPEMD_160("RIPEMD-160", 2_000, 655_331, 3),
  BLAKE2S("BLAKE2s-256", 0, 500_000, 4),
  WHIRLPOOL("Whirlpool", 1_000, 500_000, 11),
  STREEBOG("Streebog", 0, 500_000, 30);

  private static final int PIM_BASE = 15_000;
  private static final int PIM_STEP = 1_000;

  private final String word;
  private final int trueCrypt;
  private final int veraCrypt;
  private final int cost;

  Hash(String word, int trueCrypt, int veraCrypt, int cost) {
    this.word = word;
    this.trueCrypt = trueCrypt;
    this.veraCrypt = veraCrypt;
    this.cost = cost;
  }

  /// As people write it.
  String word() {
    return word;
  }

  /// What a repetition costs beside those of other hashes, measured; only for showing how far a
  /// trial is.
  int cost() {
    return cost;
  }

  /// Bytes of the result.
  int length() {
    return digest().getDigestSize();
  }

  ExtendedDigest digest() {
    return switch (this) {
      case SHA_512 -> new SHA512Digest();
      case SHA_256 -> new SHA256Digest();
      case RIPEMD_160 -> new RIPEMD160Digest();
      case BLAKE2S -> new Blake2sDigest(256);
      case WHIRLPOOL -> new WhirlpoolDigest();
      case STREEBOG -> new GOST3411_2012_512Digest();
    };
  }

  /// HMAC with this key, over and over.
  Repetition repetition(byte[] key) {
    byte[] block = block(key);
    try {
      return switch (this) {
        case SHA_512, SHA_256 -> new PlatformRepetition(word, block);
        case RIPEMD_160 -> new IntRepetition(new Ripemd160Kernel(), block);
        case BLAKE2S -> new IntRepetition(new Blake2sKernel(), block);
        case WHIRLPOOL -> new LongRepetition(new WhirlpoolKernel(), block);
        case STREEBOG -> new LongRepetition(new StreebogKernel(), block);
      };
    } finally {
      Arrays.fill(block, (byte) 0);
    }
  }

  // HMAC (RFC 2104, section 2): a key that is too long is hashed, one that is short filled up.
  private byte[] block(byte[] key) {
    ExtendedDigest digest = digest();
    byte[] block = new byte[digest.getByteLength()];
    if (key.length > block.length) {
      digest.update(key, 0, key.length);
      digest.doFinal(block, 0);
    } else {
      System.arraycopy(key, 0, block, 0, key.length);
    }
    return block;
  }

  /// Whether volumes of `program` may have it.
  boolean isOf(Program program) {
    return program == Program.VERACRYPT || trueCrypt > 0;
  }

  /// Repetitions; `pim` is 0 where none is given, and TrueCrypt has none.
  int iterations(Program program, int pim) {
    return switch (program) {
      case TRUECRYPT -> trueCrypt;
      case VERACRYPT ->
          pim == 0 ? veraCrypt : Math.addExact(PIM_BASE, Math.multiplyExact(PIM_STEP, pim));
    };
  }
}
