package org.diskferry.server.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key of the whole site: 32 random bytes in a file that only its owner can read. Every use has
/// a key of its own, derived by HKDF-SHA256 (RFC 5869), so that one never speaks for another.
///
/// Who has the database without this file reads no manifest, no address and no secret; who loses
/// the file has lost them, too.
public final class SiteKey {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final SecretKey root;

  private SiteKey(byte[] bytes) {
    this.root = new SecretKeySpec(bytes, "Generic");
  }

  /// The key in a file; makes both where there is none.
  ///
  /// @throws IOException where the file is no key, or others may read it
  public static SiteKey readOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    checkOwnerOnly(file);
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      throw new IOException(
          "%s has %d bytes, and a site key has %d".formatted(file, bytes.length, BYTES));
    }
    return new SiteKey(bytes);
  }

  /// A key of random bytes that no file has.
  public static SiteKey random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SiteKey(bytes);
  }

  /// The key for one use.
  SecretKey derive(String use, String algorithm) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(root)
                  .thenExpand(("diskferry/" + use).getBytes(StandardCharsets.UTF_8), BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF-SHA256", e);
    }
  }

  /// Tells keys apart and says nothing about them.
  String mark() {
    return HexFormat.of().formatHex(derive("mark", "Generic").getEncoded(), 0, BYTES / 2);
  }

  private static void create(Path file) throws IOException {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    // A link, not a rename: of two who make the file at once, the second fails.
    Files.createLink(file, fresh);
    Files.delete(fresh);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void checkOwnerOnly(Path file) throws IOException {
    for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
      if (OTHERS.contains(permission)) {
        throw new IOException(file + " can be read by others: chmod 600 " + file);
      }
    }
  }

  @Override
  public String toString() {
    return "SiteKey[" + mark() + "]";
  }
}
