package org.diskferry.station.report;

/// How it is known that the store holds the bytes that the device holds. From strong to weak.
public enum ProofLevel {
  /// The object was read back from the store, all of it, after it was stored; its bytes are those
  /// of the device. Of an export: the file was read back from the device, all of it, and its bytes
  /// are those that the store sent.
  READ_BACK,
  /// The store itself compared a CRC32C or MD5 that was sent along with every byte, and the
  /// object's ETag has not changed since; or the store's own CRC32C of the whole object is that of
  /// the file. Says nothing of what a failing store does to the bytes afterwards.
  CHECKSUM,
  /// The object's ETag is the MD5 of the file's bytes, or, of an object made of parts, the MD5 of
  /// the MD5s of its parts, each of which was compared when it was stored. As far as [#CHECKSUM]
  /// otherwise.
  ETAG,
  /// Nothing was proven: the row is no object, or the proof has not been made yet.
  NONE
}
