package org.diskferry.media.wipe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands in sector 0 while a device is being erased, so that an erase that was interrupted is
/// recognised in any bay. Four lines of ASCII, each ended by LF, zeros up to 512 bytes; see
/// docs/formats.md.
///
/// @param job whose device it was: `A-Z0-9`
/// @param proof identifier of the proof that allowed the erase: `A-Za-z0-9-`
/// @param mac the server's HMAC over both, in hex
public record Tombstone(String job, String proof, String mac) {
  /// Bytes that a tombstone fills: one sector of any device.
  public static final int SIZE = 512;

  private static final String MAGIC = "DISKFERRY ERASING 1";
  private static final Pattern JOB = Pattern.compile("[A-Z0-9]{1,32}");
  private static final Pattern PROOF = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{1,128}");
  private static final Pattern FORM =
      Pattern.compile(MAGIC + "\njob:(" + JOB + ")\nproof:(" + PROOF + ")\nmac:(" + MAC + ")\n\0*");

  /// Checks the forms.
  public Tombstone {
    if (!JOB.matcher(job).matches()
        || !PROOF.matcher(proof).matches()
        || !MAC.matcher(mac).matches()) {
      throw new IllegalArgumentException(
          "job, proof or mac has a form that a tombstone cannot hold");
    }
  }

  /// As it stands in the sector.
  ByteBuffer encode() {
    String text = MAGIC + "\njob:" + job + "\nproof:" + proof + "\nmac:" + mac + "\n";
    return ByteBuffer.allocate(SIZE).put(text.getBytes(StandardCharsets.US_ASCII)).rewind();
  }

  /// From the first bytes of a device; empty where they are no tombstone.
  static Optional<Tombstone> decode(ByteBuffer sector) {
    String text = StandardCharsets.ISO_8859_1.decode(sector).toString();
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new Tombstone(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }
}
