package org.diskferry.media.crypt;

/// HMAC (RFC 2104) with one key, of what it gave before, over and over: nearly all the work of
/// PBKDF2. Not thread-safe; closing wipes everything that was made of the key.
///
/// A MAC hashes twice, each time a block that is made of the key and then the message. What those
/// blocks leave behind is calculated once, where the hash is ours to do so.
interface Repetition extends AutoCloseable {
  /// What HMAC adds to the key for its first hash.
  byte INNER = 0x36;

  /// What it adds for its second.
  byte OUTER = 0x5c;

  /// Puts the MAC of `round` in its place, `times` times, and adds each of them to `sum`. Both are
  /// as long as the hash's result.
  void repeat(byte[] round, byte[] sum, int times);

  @Override
  void close();

  /// A copy of `key`, whose every byte has `pad` added: the first block of a hash.
  static byte[] padded(byte[] key, byte pad) {
    byte[] block = key.clone();
    for (int i = 0; i < block.length; i++) {
      block[i] ^= pad;
    }
    return block;
  }
}
