package org.diskferry.depot.index;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diskferry.depot.index.Rejected.Why;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Deleting of many objects, each on a condition of its own, in one transaction.
final class Deletions {
  private Deletions() {}

  /// Within a transaction; says why some were not deleted.
  static Map<ObjectKey, Rejected> run(
      Handle handle, Bucket bucket, Collection<Deletion> deletions, Instant now) {
    Set<ObjectKey> keys = new TreeSet<>();
    deletions.forEach(each -> keys.add(each.key()));
    Map<ObjectKey, String> found = lock(handle, bucket, keys);
    Map<ObjectKey, Rejected> refused = new HashMap<>();
    for (Deletion each : deletions) {
      refusal(each, found.get(each.key())).ifPresent(why -> refused.put(each.key(), why));
    }
    keys.removeAll(refused.keySet());
    drop(handle, bucket, keys, now);
    return refused;
  }

  /// Those of the keys that exist, with their ETags; nobody changes them until the transaction
  /// ends.
  private static Map<ObjectKey, String> lock(
      Handle handle, Bucket bucket, Collection<ObjectKey> keys) {
    Map<ObjectKey, String> found = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT key, etag FROM depot.object WHERE bucket = :bucket AND key = ANY(:keys)
            ORDER BY key FOR UPDATE
            """)
        .bind("bucket", bucket.id())
        .bind("keys", Objects.array(keys))
        .map((row, _) -> Map.entry(ObjectKey.ofStored(row.getBytes("key")), row.getString("etag")))
        .forEach(each -> found.put(each.getKey(), each.getValue()));
    return found;
  }

  /// S3 tells an ETag of nothing (`NoSuchKey`) from a wish that there be anything at all.
  private static Optional<Rejected> refusal(Deletion deletion, @Nullable String etag) {
    return switch (deletion.condition()) {
      case Condition.Always _ -> Optional.empty();
      case Condition.Absent _ -> refusedUnless(etag == null, "If-None-Match");
      case Condition.Is is when etag != null -> refusedUnless(is.holdsFor(etag), "If-Match");
      case Condition.Is is when is.isAny() -> refusedUnless(false, "If-Match");
      case Condition.Is _ -> Optional.of(new Rejected(Why.NO_SUCH_KEY, deletion.key().toString()));
    };
  }

  private static Optional<Rejected> refusedUnless(boolean holds, String header) {
    return holds ? Optional.empty() : Optional.of(new Rejected(Why.PRECONDITION, header));
  }

  private static void drop(Handle handle, Bucket bucket, Set<ObjectKey> keys, Instant now) {
    List<Long> contents =
        handle
            .createQuery(
                """
                DELETE FROM depot.object WHERE bucket = :bucket AND key = ANY(:keys)
                RETURNING content
                """)
            .bind("bucket", bucket.id())
            .bind("keys", Objects.array(keys))
            .mapTo(Long.class)
            .list();
    BlobRows.dropContents(handle, contents, now);
  }
}
