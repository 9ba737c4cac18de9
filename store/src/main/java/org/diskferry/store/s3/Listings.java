package org.diskferry.store.s3;

import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore.Page;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;
import org.jspecify.annotations.Nullable;

/// Whether a page of a listing is what was asked for. Whoever merges listings trusts their order: a
/// store that lists in another must not look as if objects were missing.
final class Listings {
  private Listings() {}

  static void check(Call call, Page page, String prefix, String after) throws StoreException {
    if (page.objects().isEmpty()) {
      if (page.more()) {
        throw wrong(call, "the store says that more follows, and lists nothing");
      }
      return;
    }
    @Nullable ObjectKey previous = after.isEmpty() ? null : new ObjectKey(after);
    for (StoredObject object : page.objects()) {
      ObjectKey key = object.key();
      if (!key.value().startsWith(prefix)) {
        throw wrong(call, "the store lists " + key + ", which does not begin with " + prefix);
      }
      if (previous != null && previous.compareTo(key) >= 0) {
        throw wrong(
            call, "the store lists " + key + " after " + previous + ", not in the order of UTF-8");
      }
      previous = key;
    }
  }

  private static StoreException wrong(Call call, String what) {
    return new StoreException(Trouble.REFUSED, "", call + ": " + what);
  }
}
