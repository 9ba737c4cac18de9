package org.diskferry.media.fs.hfsplus;

import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// Which troubles end a whole operation, and which only cost what depends on the bytes.
final class Troubles {
  private Troubles() {}

  /// Throws `e` again where going on makes no sense: the device is gone, or a limit is reached.
  ///
  /// @return the reason, where going on does make sense
  static String localReason(MediaException e) throws MediaException {
    if (e.trouble() == Trouble.GONE || e.trouble() == Trouble.EXCEEDED) {
      throw e;
    }
    return e.getMessage();
  }
}
