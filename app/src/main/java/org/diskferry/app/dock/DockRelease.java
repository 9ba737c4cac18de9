package org.diskferry.app.dock;

import picocli.CommandLine.Command;

/// `dock release JOBID`.
@Command(
    name = "release",
    description = "Gives a device back as it is, not erased.",
    footerHeading = "%nExample:%n",
    footer = "  dock release ABCDE%n")
final class DockRelease extends DockJobVerb {
  @Override
  String verb() {
    return "dock release";
  }
}
