package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.Extent;

/// The header of a volume, decrypted. Numbers are big-endian. TrueCrypt User's Guide 7.1a,
/// "TrueCrypt Volume Format Specification"; VeraCrypt's document of the same name.
///
/// | byte | length | what |
/// |---|---|---|
/// | 0 | 64 | salt, not encrypted |
/// | 64 | 4 | `TRUE` or `VERA` |
/// | 68 | 2 | version of the format: 3 (TrueCrypt 5), 4 (6), 5 (7, VeraCrypt) |
/// | 70 | 2 | least version of the program |
/// | 72 | 4 | CRC-32 of bytes 256–511 |
/// | 76 | 16 | reserved |
/// | 92 | 8 | size of the hidden volume; 0 where it is none |
/// | 100 | 8 | size of the volume |
/// | 108 | 8 | first byte of the encrypted area |
/// | 116 | 8 | bytes that are encrypted |
/// | 124 | 4 | bit 0: the system's partition; bit 1: encrypted in place |
/// | 128 | 4 | bytes of a sector, from version 5 on |
/// | 132 | 120 | reserved |
/// | 252 | 4 | CRC-32 of bytes 64–251, from version 4 on |
/// | 256 | 256 | keys |
///
/// @param program whose volume it is
/// @param version of the format
/// @param hiddenSize bytes of the hidden volume; 0 where it is none
/// @param size bytes of the volume
/// @param start first byte of the encrypted area
/// @param encrypted bytes that are encrypted
/// @param flags the two bits
/// @param sectorSize bytes of a sector; data units have 512 all the same
/// @param keys 256 bytes, of which the first are the cascade's
@SuppressWarnings("ArrayRecordComponent") // never compared; shared so that it can be wiped
record VolumeHeader(
    Program program,
    int version,
    long hiddenSize,
    long size,
    long start,
    long encrypted,
    int flags,
    int sectorSize,
    byte[] keys) {
  /// Bytes of a header as it lies on the medium.
  static final int LENGTH = 512;

  /// Bytes of the salt before what is encrypted.
  static final int SALT = 64;

  /// Bytes that are encrypted.
  static final int BODY = LENGTH - SALT;

  /// Bytes of the keys, whatever the cascade.
  static final int KEYS = 256;

  /// Bytes that the headers and the room behind them take at either end of a volume.
  static final int GROUP = 128 << 10;

  /// The version that is written.
  static final int NEWEST = 5;

  private static final int OLDEST = 3;
  private static final int WITH_CRC = 4;
  private static final int WITH_SECTOR = 5;
  private static final int SYSTEM = 1;
  private static final int LARGEST_SECTOR = 4096;

  /// Data begins here on volumes of TrueCrypt 5.
  private static final int OLD_START = 512;

  private static final int OLD_HIDDEN_END = 1536;

  /// What 448 decrypted bytes are.
  sealed interface Reading {
    /// A header.
    record Good(VolumeHeader header) implements Reading {}

    /// Nothing: another key.
    record Foreign() implements Reading {}

    /// A header that was decrypted by its key and contradicts itself.
    record Bad(String reason) implements Reading {}
  }

  /// Reads what is left of a header without its salt: [#BODY] bytes.
  static Reading read(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body).order(ByteOrder.BIG_ENDIAN);
    int magic = in.getInt(at(64));
    for (Program program : Program.values()) {
      if (program.magic() == magic) {
        return read(program, in, body);
      }
    }
    return new Reading.Foreign();
  }

  private static Reading read(Program program, ByteBuffer in, byte[] body) {
    int version = Short.toUnsignedInt(in.getShort(at(68)));
    if (version < OLDEST || version > NEWEST) {
      return new Reading.Bad(
          "its version is %d, and %d to %d are known".formatted(version, OLDEST, NEWEST));
    }
    if (in.getInt(at(72)) != crc(body, 256, 512)) {
      return new Reading.Bad("the checksum of its keys is wrong");
    }
    if (version >= WITH_CRC && in.getInt(at(252)) != crc(body, 64, 252)) {
      return new Reading.Bad("its checksum is wrong");
    }
    int sector = version >= WITH_SECTOR ? in.getInt(at(128)) : XtsStage.UNIT;
    if (Integer.bitCount(sector) != 1 || sector < XtsStage.UNIT || sector > LARGEST_SECTOR) {
      return new Reading.Bad(
          "it says sectors of %d bytes".formatted(Integer.toUnsignedLong(sector)));
    }
    return new Reading.Good(
        new VolumeHeader(
            program,
            version,
            in.getLong(at(92)),
            in.getLong(at(100)),
            in.getLong(at(108)),
            in.getLong(at(116)),
            in.getInt(at(124)),
            sector,
            Arrays.copyOfRange(body, at(256), at(512))));
  }

  // The specification counts from the salt on.
  private static int at(int offset) {
    return offset - SALT;
  }

  private static int crc(byte[] body, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(body, at(from), to - from);
    return (int) crc.getValue();
  }

  /// The same as bytes, encrypted by nobody yet; the caller wipes them.
  byte[] body() {
    byte[] body = new byte[BODY];
    ByteBuffer out = ByteBuffer.wrap(body).order(ByteOrder.BIG_ENDIAN);
    out.putInt(at(64), program.magic());
    out.putShort(at(68), (short) version);
    out.putShort(at(70), program.leastVersion());
    out.putLong(at(92), hiddenSize);
    out.putLong(at(100), size);
    out.putLong(at(108), start);
    out.putLong(at(116), encrypted);
    out.putInt(at(124), flags);
    out.putInt(at(128), sectorSize);
    out.put(at(256), keys, 0, KEYS);
    out.putInt(at(72), crc(body, 256, 512));
    out.putInt(at(252), crc(body, 64, 252));
    return body;
  }

  /// Where on a host of `hostSize` bytes the data lies, for a header that was found at `place`.
  ///
  /// @throws MediaException `UNSUPPORTED` for the system's and half encrypted volumes, `DAMAGED`
  ///   for one that says what cannot be
  Extent area(long hostSize, HeaderPlace place) throws MediaException {
    if ((flags & SYSTEM) != 0) {
      throw MediaException.unsupported(
          program.word() + " system encryption: the partition starts a computer");
    }
    if (place.isHidden() != (hiddenSize != 0)) {
      throw MediaException.damaged(
          "the header says a hidden volume of %d bytes and is %s"
              .formatted(hiddenSize, place.isHidden() ? "a hidden volume's" : "an ordinary one"));
    }
    return version < WITH_CRC ? oldArea(hostSize) : newArea(hostSize);
  }

  private Extent newArea(long hostSize) throws MediaException {
    if (size != encrypted && encrypted >= 0 && encrypted < size) {
      throw MediaException.unsupported(
          "%s, encrypted in place and not finished: %d of %d bytes"
              .formatted(program.word(), encrypted, size));
    }
    return checked(start, size, hostSize);
  }

  // Its header says no place: the data fills the host, a hidden volume's lies before its end.
  private Extent oldArea(long hostSize) throws MediaException {
    if (hiddenSize == 0) {
      return checked(OLD_START, hostSize - OLD_START, hostSize);
    }
    return hiddenSize < 0 || hiddenSize > hostSize
        ? checked(-1, hiddenSize, hostSize)
        : checked(hostSize - hiddenSize - OLD_HIDDEN_END, hiddenSize, hostSize);
  }

  private static Extent checked(long start, long size, long hostSize) throws MediaException {
    boolean inside =
        start >= OLD_START && size > 0 && start <= hostSize && size <= hostSize - start;
    if (!inside || start % XtsStage.UNIT != 0 || size % XtsStage.UNIT != 0) {
      throw MediaException.damaged(
          "the header says data of %d bytes from byte %d on, and there are %d bytes"
              .formatted(size, start, hostSize));
    }
    return new Extent(0, start, size);
  }

  /// Overwrites the keys.
  void wipe() {
    Arrays.fill(keys, (byte) 0);
  }

  /// Without the keys.
  @Override
  public String toString() {
    return "%s header, version %d, %d bytes from %d"
        .formatted(program.word(), version, size, start);
  }
}
