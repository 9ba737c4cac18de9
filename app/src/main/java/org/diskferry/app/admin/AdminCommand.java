package org.diskferry.app.admin;

import picocli.CommandLine.Command;

/// `admin`: looks after the service.
@Command(
    name = "admin",
    description = "Looks after the running service.",
    subcommands = AdminScrub.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB")
public final class AdminCommand {}
