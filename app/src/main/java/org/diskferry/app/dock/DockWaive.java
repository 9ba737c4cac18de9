package org.diskferry.app.dock;

import picocli.CommandLine.Command;

/// `dock waive JOBID`.
@Command(
    name = "waive",
    description =
        "The customer accepts what holds the device: what is loaded is proven, then it is erased. Of "
            + "an export: what held its device is dealt with, its lock is open; it is filled.",
    footerHeading = "%nExample:%n",
    footer = "  dock waive ABCDE%n")
final class DockWaive extends DockJobVerb {
  @Override
  String verb() {
    return "dock waive";
  }
}
