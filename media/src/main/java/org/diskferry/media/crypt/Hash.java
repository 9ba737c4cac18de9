package org.diskferry.media.crypt;

import org.bouncycastle.crypto.Digest;
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
  SHA_512("SHA-512", 1_000, 500_000),
  SHA_256("SHA-256", 0, 500_000),
  RIPEMD_160("RIPEMD-160", 2_000, 655_331),
  BLAKE2S("BLAKE2s-256", 0, 500_000),
  WHIRLPOOL("Whirlpool", 1_000, 500_000),
  STREEBOG("Streebog", 0, 500_000);

  private static final int PIM_BASE = 15_000;
  private static final int PIM_STEP = 1_000;

  private final String word;
  private final int trueCrypt;
  private final int veraCrypt;

  Hash(String word, int trueCrypt, int veraCrypt) {
    this.word = word;
    this.trueCrypt = trueCrypt;
    this.veraCrypt = veraCrypt;
  }

  /// As people write it.
  String word() {
    return word;
  }

  Digest digest() {
    return switch (this) {
      case SHA_512 -> new SHA512Digest();
      case SHA_256 -> new SHA256Digest();
      case RIPEMD_160 -> new RIPEMD160Digest();
      case BLAKE2S -> new Blake2sDigest(256);
      case WHIRLPOOL -> new WhirlpoolDigest();
      case STREEBOG -> new GOST3411_2012_512Digest();
    };
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
