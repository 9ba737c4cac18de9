package org.diskferry.tool.disk;

import picocli.CommandLine.Command;

/// `disk`: what is this disk, and what is on it?
@Command(
    name = "disk",
    description =
        "Looks at a disk or a disk image. It is opened for reading only and never mounted.",
    subcommands = {DiskShow.class, DiskList.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    footerHeading = "%nExamples:%n",
    footer = {"  disk show /dev/sdb", "  disk list customer.img --md5%n"})
public final class DiskCommand {}
