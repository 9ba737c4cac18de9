package org.diskferry.station.fill;

import java.io.IOException;
import org.diskferry.media.MediaException;
import org.diskferry.station.task.Steering;

/// Fills one device with objects. Everything that was done is remembered in the job's folder, so a
/// call after a restart goes on from the last checkpoint; under a new revision of the order the
/// device is made anew.
///
/// One call at a time for a device. Trouble with an object is a row of the log, trouble with the
/// store is a result; only a device that does not work throws [MediaException], and only our own
/// disk throws [IOException].
@FunctionalInterface
public interface Exporter {

  /// List, plan, make the volume, write, read back, write the log.
  FillResult fill(FillJob job, Steering steering) throws MediaException, IOException;
}
