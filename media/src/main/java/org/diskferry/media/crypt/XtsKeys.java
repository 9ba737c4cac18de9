package org.diskferry.media.crypt;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// The keys of one volume, and ciphers that were made ready with them: as many as there were ever
/// threads at once. Closing wipes the keys and lets the ciphers go; nothing can be decrypted with
/// wiped keys by mistake.
final class XtsKeys implements AutoCloseable {
  private final Cascade cascade;
  private final byte[] keys;
  private final Deque<Pair> idle = new ArrayDeque<>();
  private boolean closed;

  /// Ciphers for both directions, for one thread at a time.
  record Pair(XtsCipher encryption, XtsCipher decryption) {}

  /// The first of `keys` are the cascade's; they are copied.
  XtsKeys(Cascade cascade, byte[] keys) {
    this.cascade = cascade;
    this.keys = Arrays.copyOf(keys, cascade.keyLength());
  }

  /// Ciphers to be given back.
  ///
  /// @throws MediaException `GONE` when the volume was closed
  synchronized Pair borrow() throws MediaException {
    if (closed) {
      throw new MediaException(Trouble.GONE, "the encrypted volume was closed");
    }
    Pair pair = idle.poll();
    return pair != null
        ? pair
        : new Pair(XtsCipher.encrypting(cascade, keys), XtsCipher.decrypting(cascade, keys));
  }

  synchronized void giveBack(Pair pair) {
    if (!closed) {
      idle.push(pair);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(keys, (byte) 0);
    idle.clear();
  }
}
