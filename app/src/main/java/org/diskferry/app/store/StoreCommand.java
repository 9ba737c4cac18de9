package org.diskferry.app.store;

import picocli.CommandLine.Command;

/// `store`: object stores.
@Command(
    name = "store",
    description = "Says what an object store can do.",
    subcommands = StoreCheck.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB")
public final class StoreCommand {}
