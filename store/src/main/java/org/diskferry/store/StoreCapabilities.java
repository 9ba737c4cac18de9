package org.diskferry.store;

/// What a store can do beyond the common ground, as found by asking it or told by the operator.
///
/// @param crc32c what it makes of `x-amz-checksum-crc32c`
/// @param expectContinue whether it answers `Expect: 100-continue` before it takes a body
public record StoreCapabilities(Crc32c crc32c, boolean expectContinue) {

  /// What a store makes of a CRC32C that is sent along.
  public enum Crc32c {
    /// It is not understood, or refused.
    NONE,
    /// It is compared and kept for objects and parts; an object made of parts has only a checksum
    /// of checksums.
    PARTS,
    /// It is compared and kept, also of the whole of an object made of parts.
    WHOLE
  }

  /// The common ground: every store has `Content-MD5`, nothing more is asked.
  public static final StoreCapabilities COMMON = new StoreCapabilities(Crc32c.NONE, false);

  /// All that S3 offers today.
  public static final StoreCapabilities S3 = new StoreCapabilities(Crc32c.WHOLE, true);

  /// Whether a checksum that is sent along is compared.
  public boolean comparesCrc32c() {
    return crc32c != Crc32c.NONE;
  }
}
