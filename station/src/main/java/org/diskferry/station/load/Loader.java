package org.diskferry.station.load;

import java.io.IOException;
import org.diskferry.media.MediaException;
import org.diskferry.station.task.Steering;

/// Loads the files of one device. Everything that was done is remembered in the job's folder, so a
/// call after a restart, or with a new revision of the order, goes on and does nothing twice.
///
/// One call at a time for a device. Trouble with a file is a row of the log, trouble with the store
/// or with what was read is a result; only a device that is gone throws [MediaException], and only
/// our own disk throws [IOException].
public interface Loader {

  /// Scan, plan, read, store, read again, write the log.
  LoadResult load(LoadJob job, Steering steering) throws MediaException, IOException;

  /// Compares what the store holds now with what was stored: the last thing before erasing, to be
  /// called only after [LoadResult.Done].
  ProofResult prove(LoadJob job, Steering steering) throws MediaException, IOException;
}
