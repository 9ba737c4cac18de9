package org.diskferry.access.signing;

import java.util.HexFormat;

/// The signatures of a body in chunks: each covers the one before, the first the request's own
/// (Signature V4, "Transferring payload in multiple chunks"). One a request, used by one thread, in
/// the order of the chunks; the last chunk is the one of no bytes.
public final class ChunkChain {
  private final byte[] key;
  private final String context;
  private String previous;

  ChunkChain(byte[] key, String context, String seed) {
    this.key = key.clone();
    this.context = context;
    this.previous = seed;
  }

  /// The signature of the next chunk.
  ///
  /// @param sha256 hash of the chunk's bytes
  public String chunk(byte[] sha256) {
    return next("AWS4-HMAC-SHA256-PAYLOAD\n", Hmac.EMPTY_SHA256 + "\n" + hex(sha256));
  }

  /// The signature of the trailing headers, which follow the chunk of no bytes.
  ///
  /// @param sha256 hash of the trailing headers, each as `name:value` and a line feed
  public String trailer(byte[] sha256) {
    return next("AWS4-HMAC-SHA256-TRAILER\n", hex(sha256));
  }

  /// Whether the next chunk is signed so. After a no the chain is of no use any more.
  public boolean isChunk(byte[] sha256, String signature) {
    return Hmac.same(chunk(sha256), signature);
  }

  /// Whether the trailing headers are signed so.
  public boolean isTrailer(byte[] sha256, String signature) {
    return Hmac.same(trailer(sha256), signature);
  }

  private String next(String algorithm, String rest) {
    String text = algorithm + context + "\n" + previous + "\n" + rest;
    previous = hex(Hmac.SHA256.of(key, text));
    return previous;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
