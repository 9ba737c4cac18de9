package org.diskferry.media.crypt;

import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.GOST3412_2015Engine;
import org.bouncycastle.crypto.engines.SerpentEngine;
import org.bouncycastle.crypto.engines.TwofishEngine;

/// The ciphers of the two programs, each with blocks of 16 bytes and a key of 32.
enum Algorithm {
  AES("AES"),
  SERPENT("Serpent"),
  TWOFISH("Twofish"),
  CAMELLIA("Camellia"),
  KUZNYECHIK("Kuznyechik");

  /// Bytes of a key.
  static final int KEY = 32;

  private final String word;

  Algorithm(String word) {
    this.word = word;
  }

  /// As people write it.
  String word() {
    return word;
  }

  /// The cipher, ready. `key` is not kept.
  Blocks blocks(boolean encrypting, byte[] key) {
    return switch (this) {
      case AES -> new AesBlocks(encrypting, key);
      case SERPENT -> new EngineBlocks(new SerpentEngine(), encrypting, key);
      case TWOFISH -> new EngineBlocks(new TwofishEngine(), encrypting, key);
      case CAMELLIA -> new EngineBlocks(new CamelliaEngine(), encrypting, key);
      case KUZNYECHIK -> new EngineBlocks(new GOST3412_2015Engine(), encrypting, key);
    };
  }
}
