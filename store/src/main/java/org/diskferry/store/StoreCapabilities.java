package org.diskferry.store;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What a store can do beyond the common ground, as found by asking it or told by the operator.
///
/// @param crc32c what it makes of `x-amz-checksum-crc32c`
/// @param compares the other digests that it compares a body with, when they are sent along
/// @param expectContinue whether it answers `Expect: 100-continue` before it takes a body
/// @param keys the forms of keys that come back as they were stored
/// @param keeps the promises of the protocol that it keeps
public record StoreCapabilities(
    Crc32c crc32c,
    Set<Digest> compares,
    boolean expectContinue,
    Set<KeyForm> keys,
    Set<Promise> keeps) {

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

  /// A digest that every store should compare.
  public enum Digest {
    /// `Content-MD5`.
    MD5,
    /// `x-amz-content-sha256`, which Signature V4 covers.
    SHA256
  }

  /// What the protocol promises and some stores do not keep.
  public enum Promise {
    /// Listings are in the order of the bytes of UTF-8; else in another, where characters beyond
    /// the first 65,536 meet some others.
    LISTS_IN_UTF8_ORDER,
    /// `Expires` comes back as it was given.
    KEEPS_EXPIRES,
    /// A part of an upload that does not exist is refused.
    KNOWS_UPLOADS,
    /// An upload into a bucket that does not exist is refused when it begins, and such a bucket has
    /// no location.
    KNOWS_BUCKETS
  }

  private static final Set<Digest> ALL_DIGESTS = EnumSet.allOf(Digest.class);
  private static final Set<KeyForm> ALL_FORMS = EnumSet.allOf(KeyForm.class);

  /// The common ground: every store compares `Content-MD5`, nothing more is asked.
  public static final StoreCapabilities COMMON = new StoreCapabilities(Crc32c.NONE, false);

  /// All that S3 offers today.
  public static final StoreCapabilities S3 = new StoreCapabilities(Crc32c.WHOLE, true);

  /// Copies the sets.
  public StoreCapabilities {
    compares = Collections.unmodifiableSet(copy(compares, Digest.class));
    keys = Collections.unmodifiableSet(copy(keys, KeyForm.class));
    keeps = Collections.unmodifiableSet(copy(keeps, Promise.class));
  }

  /// A store that compares the digests, holds keys of every form and keeps every promise.
  public StoreCapabilities(Crc32c crc32c, boolean expectContinue) {
    this(crc32c, ALL_DIGESTS, expectContinue, ALL_FORMS, EnumSet.allOf(Promise.class));
  }

  private static <E extends Enum<E>> Set<E> copy(Set<E> from, Class<E> type) {
    Set<E> to = EnumSet.noneOf(type);
    to.addAll(from);
    return to;
  }

  /// Whether a checksum that is sent along is compared.
  public boolean comparesCrc32c() {
    return crc32c != Crc32c.NONE;
  }

  /// Whether this digest is compared when it is sent along.
  public boolean compares(Digest digest) {
    return compares.contains(digest);
  }

  /// Whether the store keeps this promise.
  public boolean keeps(Promise promise) {
    return keeps.contains(promise);
  }

  /// Whether the key comes back as it was stored, as far as its form tells.
  public boolean holds(ObjectKey key) {
    return keys.equals(ALL_FORMS) || keys.containsAll(KeyForm.of(key));
  }
}
