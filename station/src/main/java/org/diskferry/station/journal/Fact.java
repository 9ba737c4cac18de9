package org.diskferry.station.journal;

import java.time.Instant;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;

/// One thing that is known for good. `row` is a row's number in the catalogue, or in the selection,
/// that the journal belongs to; `mark` stands for bucket, key and headers of a plan.
public sealed interface Fact {

  /// An order's plan was made; rows that need no loading carry this time in the log.
  record Planned(int revision, Instant at) implements Fact {}

  /// An upload of parts is about to be begun: if nothing follows, the store may hold an orphan.
  record UploadIntended(int row, String mark, BucketName bucket, ObjectKey key) implements Fact {}

  /// The store gave the upload a name.
  ///
  /// @param partBytes bytes of every part but the last
  record UploadBegun(
      int row, String mark, BucketName bucket, ObjectKey key, String upload, long partBytes)
      implements Fact {}

  /// The store has a part.
  ///
  /// @param crc32c of the part's bytes as they were read from the device
  /// @param sent the checksum that was sent along, base64; empty where none was
  /// @param assurance how far the store's answer vouches for it
  record PartStored(
      int row, int number, String etag, long size, long crc32c, String sent, Assurance assurance)
      implements Fact {}

  /// The upload is over without an object; its parts are dropped.
  record UploadEnded(int row) implements Fact {}

  /// The file is stored.
  ///
  /// @param md5 of its bytes, in hex
  /// @param crc32c of its bytes
  /// @param etag of the object
  /// @param parts how many it was stored in, 0 for a single request
  /// @param assurance how far the store's answers vouch for every byte
  /// @param contentType as stored
  /// @param blocks CRC32C of every MiB of it
  record Stored(
      int row,
      String mark,
      Instant at,
      String md5,
      long crc32c,
      String etag,
      int parts,
      Assurance assurance,
      String contentType,
      BlockSums blocks)
      implements Fact {}

  /// How far a store's answer vouches for the bytes that it took.
  enum Assurance {
    /// It compared them with a checksum that was sent along.
    COMPARED,
    /// The ETag that it answered is their MD5; of an object made of parts: each part's, and the
    /// whole's is the MD5 of those.
    MATCHED,
    /// Not at all.
    NONE
  }

  /// The file cannot be loaded; a new order may try again.
  record Failed(int row, int revision, Instant at, int status, String code, String reason)
      implements Fact {}

  /// A volume was made and is about to be filled: what was written before is gone.
  ///
  /// @param why it was made anew; empty the first time
  record VolumeMade(Instant at, String why) implements Fact {}

  /// The object is in a file of the volume, durably.
  ///
  /// @param md5 of its bytes, in hex
  /// @param contentType of the object
  /// @param etag of the object
  record Written(int row, Instant at, String md5, String contentType, String etag)
      implements Fact {}

  /// The volume is complete and clean.
  record VolumeClosed() implements Fact {}

  /// What was known of the row is not so any more: it has to be loaded again.
  record Forgotten(int row) implements Fact {}
}
