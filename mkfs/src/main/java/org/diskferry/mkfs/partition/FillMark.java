package org.diskferry.mkfs.partition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;

/// What stands at the very beginning of a disk while it is being filled, so that one whose filling
/// was interrupted is recognised in any bay. Three lines of ASCII, each ended by LF, zeros up to
/// 440 bytes: the boot code of a protective MBR, which nobody executes or reads (UEFI Specification
/// 2.10, 5.2.3). What lies behind in the sector is not the mark's. See docs/formats.md.
///
/// @param job whose disk it is: `A-Z0-9`
/// @param mac the server's HMAC over it, in hex
public record FillMark(String job, String mac) {
  /// Bytes that a mark fills: up to the disk's signature of an MBR.
  public static final int SIZE = 440;

  /// Smaller than any disk that can be filled.
  private static final int LEAST_DISK = 512;

  private static final String MAGIC = "DISKFERRY FILLING 1";
  private static final Pattern JOB = Pattern.compile("[A-Z0-9]{1,32}");
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{1,128}");
  private static final Pattern FORM =
      Pattern.compile(MAGIC + "\njob:(" + JOB + ")\nmac:(" + MAC + ")\n\0*");

  /// Checks the forms.
  public FillMark {
    if (!JOB.matcher(job).matches() || !MAC.matcher(mac).matches()) {
      throw new IllegalArgumentException("job or mac has a form that a mark cannot hold");
    }
  }

  /// The mark on `disk`; empty where there is none. A first sector that cannot be read shows none.
  ///
  /// @throws MediaException `GONE`, when the disk answers no more
  public static Optional<FillMark> read(BlockSource disk) throws MediaException {
    if (disk.size() < LEAST_DISK) {
      return Optional.empty();
    }
    ByteBuffer area = ByteBuffer.allocate(SIZE);
    try {
      disk.read(0, area);
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(StandardCharsets.ISO_8859_1.decode(area.flip()));
    return matcher.matches()
        ? Optional.of(new FillMark(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /// Puts the mark on `disk`, durably, by one write of its first sector; what that holds behind the
  /// mark stays.
  public void write(BlockDevice disk) throws MediaException {
    replace(disk, encode());
  }

  /// Takes any mark off `disk`, durably; zeros take its place.
  public static void clear(BlockDevice disk) throws MediaException {
    replace(disk, ByteBuffer.allocate(SIZE));
  }

  private static void replace(BlockDevice disk, ByteBuffer area) throws MediaException {
    ByteBuffer sector = ByteBuffer.allocate(disk.sectorSize());
    disk.read(0, sector);
    sector.put(0, area, 0, SIZE);
    disk.write(0, sector.rewind());
    disk.force();
  }

  /// As it stands on the disk: [#SIZE] bytes.
  ByteBuffer encode() {
    String text = MAGIC + "\njob:" + job + "\nmac:" + mac + "\n";
    return ByteBuffer.allocate(SIZE).put(text.getBytes(StandardCharsets.US_ASCII)).rewind();
  }
}
