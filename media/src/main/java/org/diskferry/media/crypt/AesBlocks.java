package org.diskferry.media.crypt;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// AES by the platform, which has the processor's own instructions for long runs of blocks.
final class AesBlocks implements Blocks {
  private final Cipher cipher;

  AesBlocks(boolean encrypting, byte[] key) {
    try {
      cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(
          encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  @Override
  public void transform(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      cipher.update(in, inOffset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks always fit", e);
    }
  }
}
