package org.diskferry.store.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.store.Body;
import org.diskferry.store.Checksum;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreCapabilities.Digest;

/// Chooses how a body is covered, the cheapest first:
///
/// 1. its CRC32C, where the store compares one: a core computes tens of GiB of it a second;
/// 2. its MD5, where the caller has it already;
/// 3. TLS alone, where the body would have to be read once more to know anything;
/// 4. without TLS, SHA-256 in the signature: about 1 GiB a second and core, faster than MD5 is.
///
/// Without TLS a body is never sent that nothing signed covers, so one whose checksum is not known
/// is read twice.
final class Sealer {
  /// A small body is in some cache still when it is read again; a large one may be on a slow disk.
  private static final int CHEAP_TO_READ_TWICE = 256 << 10;

  private static final int READ = 64 << 10;

  private final StoreCapabilities capabilities;
  private final boolean tls;

  Sealer(StoreCapabilities capabilities, boolean tls) {
    this.capabilities = capabilities;
    this.tls = tls;
  }

  /// @throws IOException if the body could not be read
  Seal object(Body body, Checksum known) throws IOException {
    boolean cheap = !tls || body.size() <= CHEAP_TO_READ_TWICE;
    boolean crc = known.crc32c() >= 0 || (known.md5().isEmpty() && cheap);
    return capabilities.comparesCrc32c() && crc ? crc32c(body, known) : other(body, known);
  }

  /// Like an object; but an upload that was begun with checksums wants one of every part.
  ///
  /// @throws IOException if the body could not be read
  Seal part(Body body, Checksum known) throws IOException {
    return capabilities.comparesCrc32c() ? crc32c(body, known) : other(body, known);
  }

  private Seal crc32c(Body body, Checksum known) throws IOException {
    if (known.crc32c() >= 0) {
      return Seal.ofCrc32c(Checksum.base64(known.crc32c()));
    }
    CRC32C crc = new CRC32C();
    read(body, crc::update);
    return Seal.ofCrc32c(Checksum.base64(crc.getValue()));
  }

  private Seal other(Body body, Checksum known) throws IOException {
    if (!known.md5().isEmpty() && capabilities.compares(Digest.MD5)) {
      byte[] md5 = HexFormat.of().parseHex(known.md5());
      return Seal.ofMd5(Base64.getEncoder().encodeToString(md5));
    }
    return tls ? Seal.open() : Seal.hashed(sha256(body), capabilities.compares(Digest.SHA256));
  }

  private static PayloadHash sha256(Body body) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      read(body, digest::update);
      return new PayloadHash(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void read(Body body, Consumer<ByteBuffer> to) throws IOException {
    ByteBuffer some = ByteBuffer.allocate((int) Math.min(READ, body.size()));
    for (long at = 0; at < body.size(); at += some.limit()) {
      some.clear().limit((int) Math.min(some.capacity(), body.size() - at));
      body.read(at, some);
      if (some.hasRemaining()) {
        throw new IOException("the source gave too few bytes at " + at);
      }
      to.accept(some.flip());
    }
  }
}
