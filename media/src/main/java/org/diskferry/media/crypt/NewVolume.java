package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;

/// Makes encrypted volumes: as TrueCrypt 7.1a does with AES and RIPEMD-160, or as VeraCrypt does
/// with AES and SHA-512 and no PIM.
///
/// Both ends of the volume get a header, each with a salt of its own, and random bytes where a
/// hidden volume's header would be. The data between them is left as it is: only what is written
/// afterwards is encrypted.
public final class NewVolume {
  private static final Cascade CIPHER = Cascade.of(Program.TRUECRYPT, Algorithm.AES);

  private final Program program;
  private final Hash hash;
  private final SecureRandom random;

  private NewVolume(Program program, Hash hash, SecureRandom random) {
    this.program = program;
    this.hash = hash;
    this.random = random;
  }

  /// For `program`, with salts and keys from `random`.
  public static NewVolume of(Program program, SecureRandom random) {
    return switch (program) {
      case TRUECRYPT -> new NewVolume(program, Hash.RIPEMD_160, random);
      case VERACRYPT -> new NewVolume(program, Hash.SHA_512, random);
    };
  }

  /// Bytes that a volume takes beside its data.
  public static long overhead() {
    return 2L * VolumeHeader.GROUP;
  }

  /// Writes the headers onto `host`, a whole device, a partition or a container.
  ///
  /// @param password in UTF-8; not kept
  /// @return the data area, to be filled; closing it wipes the keys
  /// @throws IllegalArgumentException when the host is too small, or the password too long for the
  ///   program
  public XtsDevice create(BlockDevice host, byte[] password) throws MediaException {
    if (!program.takes(password)) {
      throw new IllegalArgumentException(
          program.word() + " takes a password of 1 to " + program.longestPassword() + " bytes");
    }
    long data = host.size() / XtsStage.UNIT * XtsStage.UNIT - overhead();
    if (data <= 0 || host.size() % XtsStage.UNIT != 0) {
      throw new IllegalArgumentException(
          "a volume needs whole sectors and more than " + overhead() + " bytes");
    }
    byte[] keys = keys();
    VolumeHeader header =
        new VolumeHeader(
            program,
            VolumeHeader.NEWEST,
            0,
            data,
            VolumeHeader.GROUP,
            data,
            0,
            host.sectorSize(),
            keys);
    writeGroup(host, 0, header, password);
    writeGroup(host, host.size() - VolumeHeader.GROUP, header, password);
    XtsDevice device =
        new XtsDevice(host, VolumeHeader.GROUP, data, host.sectorSize(), new XtsKeys(CIPHER, keys));
    header.wipe();
    return device;
  }

  // XTS is weak where both keys are the same, and the programs refuse such a volume.
  private byte[] keys() {
    byte[] keys = new byte[VolumeHeader.KEYS];
    byte[] fresh = new byte[CIPHER.keyLength()];
    do {
      random.nextBytes(fresh);
    } while (Arrays.equals(fresh, 0, Algorithm.KEY, fresh, Algorithm.KEY, 2 * Algorithm.KEY));
    System.arraycopy(fresh, 0, keys, 0, fresh.length);
    Arrays.fill(fresh, (byte) 0);
    return keys;
  }

  private void writeGroup(BlockDevice host, long offset, VolumeHeader header, byte[] password)
      throws MediaException {
    byte[] group = new byte[VolumeHeader.GROUP];
    random.nextBytes(group);
    byte[] salt = Arrays.copyOf(group, VolumeHeader.SALT);
    byte[] body = header.body();
    int iterations = hash.iterations(program, 0);
    try (KeyDerivation derivation = new KeyDerivation(hash, password, salt, iterations)) {
      byte[] key = derivation.first(CIPHER.keyLength());
      XtsCipher.encrypting(CIPHER, key).transform(0, body, 0, body.length);
      Arrays.fill(key, (byte) 0);
    }
    System.arraycopy(body, 0, group, VolumeHeader.SALT, body.length);
    host.write(offset, ByteBuffer.wrap(group));
  }
}
