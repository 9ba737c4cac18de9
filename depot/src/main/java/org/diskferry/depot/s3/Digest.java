package org.diskferry.depot.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.Checksum;

/// A running checksum, whatever its kind.
interface Digest {
  void update(byte[] bytes, int from, int count);

  /// The value; nothing may be added afterwards.
  byte[] value();

  /// MD5, which ETags are made of.
  static Digest md5() {
    try {
      return of(MessageDigest.getInstance("MD5"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  static Digest of(MessageDigest digest) {
    return new Digest() {
      @Override
      public void update(byte[] bytes, int from, int count) {
        digest.update(bytes, from, count);
      }

      @Override
      public byte[] value() {
        return digest.digest();
      }
    };
  }

  /// A cyclic redundancy check as its big-endian bytes.
  static Digest of(Checksum checksum, int length) {
    return new Digest() {
      @Override
      public void update(byte[] bytes, int from, int count) {
        checksum.update(bytes, from, count);
      }

      @Override
      public byte[] value() {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array();
        return Arrays.copyOfRange(all, Long.BYTES - length, Long.BYTES);
      }
    };
  }
}
