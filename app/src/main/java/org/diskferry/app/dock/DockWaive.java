package org.diskferry.app.dock;

import picocli.CommandLine.Command;

/// `dock waive JOBID`.
@Command(
    name = "waive",
    description =
        "The customer accepts what holds the device: what is loaded is proven, then it is erased. Of "
            + "an export whose device waits to be unlocked: it is open, and may be filled.",
    footerHeading = "%nExample:%n",
    footer = "  dock waive ABCDE%n")
final class DockWaive extends DockJobVerb {
  @Override
  String verb() {
    return "dock waive";
  }
}
