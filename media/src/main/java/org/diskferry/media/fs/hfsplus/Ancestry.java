package org.diskferry.media.fs.hfsplus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.diskferry.media.MediaException;

/// Which folders lie in the private folder of linked folders. On a volume without that one nothing
/// is looked up; else each folder once.
final class Ancestry {
  private final Catalogue catalogue;
  private final SystemFiles system;
  private final NumberSet known = new NumberSet();
  private final NumberSet hidden = new NumberSet();

  Ancestry(Catalogue catalogue, SystemFiles system) {
    this.catalogue = catalogue;
    this.system = system;
  }

  /// Whether what is in folder `cnid` is hidden.
  boolean isHidden(long cnid) throws MediaException {
    if (system.linkedFolders() == 0) {
      return false;
    }
    Deque<Long> climbed = new ArrayDeque<>();
    boolean isHidden = climb(cnid, climbed);
    for (long passed : climbed) {
      known.add(passed);
      if (isHidden) {
        hidden.add(passed);
      }
    }
    return isHidden;
  }

  private boolean climb(long from, Deque<Long> climbed) throws MediaException {
    long at = from;
    int most = catalogue.tree().budget().bounds().depth();
    while (at >= Catalogue.FIRST_USER && climbed.size() < most) {
      if (at == system.linkedFolders()) {
        return true;
      }
      if (known.has(at)) {
        return hidden.has(at);
      }
      climbed.push(at);
      at = parent(at);
    }
    return false;
  }

  // What has no parent is not hidden: it is told as lost.
  private long parent(long cnid) throws MediaException {
    try {
      Optional<CatalogRecord.Clue> thread = catalogue.thread(cnid);
      return thread.isPresent() ? thread.get().parent() : 0;
    } catch (MediaException e) {
      e.localReason();
      return 0;
    }
  }
}
