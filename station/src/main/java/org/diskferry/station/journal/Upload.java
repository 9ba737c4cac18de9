package org.diskferry.station.journal;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;

/// An upload of parts that has not ended.
///
/// @param row whose file it is
/// @param mark of the plan that it was begun for
/// @param id as the store gave it; empty where it was only intended
/// @param partBytes bytes of every part but the last
/// @param parts that the store has, by number
public record Upload(
    int row,
    String mark,
    BucketName bucket,
    ObjectKey key,
    String id,
    long partBytes,
    SortedMap<Integer, Fact.PartStored> parts) {

  /// Copies the parts.
  public Upload {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /// Whether the store was only about to be asked for it.
  public boolean isOnlyIntended() {
    return id.isEmpty();
  }
}
