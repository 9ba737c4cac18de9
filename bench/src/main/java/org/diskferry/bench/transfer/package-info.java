/// What it costs to move bytes into a store and out of it: our client and others, each in a process
/// of its own, by processor time, against a server that drops what it gets or against a real store.
/// `TransferBench` is the command.
@NullMarked
package org.diskferry.bench.transfer;

import org.jspecify.annotations.NullMarked;
