package org.diskferry.app.dock;

import picocli.CommandLine.Command;

/// `dock hold JOBID`.
@Command(
    name = "hold",
    description =
        "Keeps a device from being erased until it is waived or released. The device of an export is "
            + "never erased.",
    footerHeading = "%nExample:%n",
    footer = "  dock hold ABCDE%n")
final class DockHold extends DockJobVerb {
  @Override
  String verb() {
    return "dock hold";
  }
}
