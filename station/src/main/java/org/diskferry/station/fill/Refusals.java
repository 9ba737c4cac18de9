package org.diskferry.station.fill;

import java.time.Instant;
import org.diskferry.station.journal.Fact;
import org.diskferry.store.StoreException;
import org.jspecify.annotations.Nullable;

/// What the store's refusal of one object makes of its row. Guide, "AWS Import/Export Log Status
/// Codes".
final class Refusals {
  /// Status of an object that cannot be read.
  static final int UNREADABLE = 508;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CHANGED = 412;
  private static final String ARCHIVED = "InvalidObjectState";

  private Refusals() {}

  /// The row; null where not the object is the trouble, but the store.
  static Fact.@Nullable Failed row(Wish wish, int revision, Instant at, StoreException e) {
    return switch (e.trouble()) {
      case DENIED ->
          e.code().equals(ARCHIVED)
              ? failed(wish, revision, at, FORBIDDEN, ARCHIVED, e)
              : failed(wish, revision, at, FORBIDDEN, "AccessDenied", e);
      case NO_SUCH_KEY -> failed(wish, revision, at, NOT_FOUND, "NoSuchKey", e);
      case PRECONDITION -> failed(wish, revision, at, CHANGED, "PreconditionFailed", e);
      case REFUSED ->
          e.code().equals(ARCHIVED)
              ? failed(wish, revision, at, FORBIDDEN, ARCHIVED, e)
              : failed(wish, revision, at, UNREADABLE, "ReadError", e);
      case DAMAGED -> failed(wish, revision, at, UNREADABLE, "ReadError", e);
      case NO_SUCH_BUCKET, NO_SUCH_UPLOAD, FULL, UNAVAILABLE, SOURCE -> null;
    };
  }

  private static Fact.Failed failed(
      Wish wish, int revision, Instant at, int status, String code, StoreException e) {
    return new Fact.Failed(
        wish.number(), revision, at, status, code, String.valueOf(e.getMessage()));
  }
}
