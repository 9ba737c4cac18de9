package org.diskferry.station.fill;

import org.diskferry.media.stack.Keys;
import org.diskferry.mkfs.child.ChildVolumes;
import org.diskferry.station.task.Steering;

/// Which disk an order asks for.
final class ExportDisks {

  private ExportDisks() {}

  static ExportDisk of(FillJob job, FillSettings settings, Steering steering) {
    return new NewDisk(job, new ChildVolumes(), Keys.NONE);
  }
}
