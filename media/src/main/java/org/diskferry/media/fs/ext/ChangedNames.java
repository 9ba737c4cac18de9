package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.MediaException;

/// The names of a directory with those that fast commits added and took away. As drivers do it, a
/// name that is there is not added again, and one that means another inode is not taken away.
final class ChangedNames implements EntrySink {
  private static final long NOBODY = 0;

  /// What the inode itself will tell.
  private static final int UNKNOWN_TYPE = 0;

  private final Map<ByteBuffer, List<FastCommit.Named>> changes = new LinkedHashMap<>();
  private final EntrySink sink;

  ChangedNames(List<FastCommit.Named> names, EntrySink sink) {
    for (FastCommit.Named named : names) {
      changes.computeIfAbsent(named.name(), _ -> new ArrayList<>()).add(named);
    }
    this.sink = sink;
  }

  @Override
  public void entry(byte[] name, long inode, int type) throws MediaException {
    List<FastCommit.Named> own = changes.remove(ByteBuffer.wrap(name));
    long now = own == null ? inode : applied(inode, own);
    if (now != NOBODY) {
      sink.entry(name, now, now == inode ? type : UNKNOWN_TYPE);
    }
  }

  /// Delivers the names that were not there.
  void finish() throws MediaException {
    for (Map.Entry<ByteBuffer, List<FastCommit.Named>> one : changes.entrySet()) {
      long inode = applied(NOBODY, one.getValue());
      if (inode != NOBODY) {
        byte[] name = new byte[one.getKey().remaining()];
        one.getKey().duplicate().get(name);
        sink.entry(name, inode, UNKNOWN_TYPE);
      }
    }
  }

  private static long applied(long stored, List<FastCommit.Named> changes) {
    long inode = stored;
    for (FastCommit.Named change : changes) {
      boolean isUnlinked = change.what() == FastCommit.Named.What.UNLINKED;
      if (isUnlinked && inode == change.inode()) {
        inode = NOBODY;
      } else if (!isUnlinked && inode == NOBODY) {
        inode = change.inode();
      }
    }
    return inode;
  }

  @Override
  public void damage(String reason) throws MediaException {
    sink.damage(reason);
  }
}
