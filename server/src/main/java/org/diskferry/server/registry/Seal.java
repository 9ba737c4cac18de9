package org.diskferry.server.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM (NIST SP 800-38D) under one key. A sealed text is a format byte, a random nonce of
/// 12 bytes, and the cipher text with its tag of 16 bytes; it opens only under the same key and for
/// the same place.
final class Seal {
  private static final byte FORMAT = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int OVERHEAD = 1 + NONCE + TAG_BITS / 8;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecretKey key;
  private final SecureRandom random;

  Seal(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /// @param place where it is kept, such as `job/ABCDE/key`: what is moved elsewhere does not open
  byte[] close(byte[] plain, String place) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    ByteBuffer sealed = ByteBuffer.allocate(OVERHEAD + plain.length).put(FORMAT).put(nonce);
    try {
      cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(ByteBuffer.wrap(plain), sealed);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal", e);
    }
  }

  /// @throws BrokenSealException where key, place or bytes are not those of the sealing
  byte[] open(byte[] sealed, String place) {
    if (sealed.length < OVERHEAD || sealed[0] != FORMAT) {
      throw new BrokenSealException(place);
    }
    byte[] nonce = new byte[NONCE];
    System.arraycopy(sealed, 1, nonce, 0, NONCE);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, place)
          .doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    } catch (GeneralSecurityException e) {
      throw new BrokenSealException(place, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
