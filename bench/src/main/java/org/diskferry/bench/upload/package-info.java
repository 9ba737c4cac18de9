/// What it costs to upload: our client and others against a server that drops what it gets, each in
/// a process of its own, by processor time. `UploadBench` is the command.
@NullMarked
package org.diskferry.bench.upload;

import org.jspecify.annotations.NullMarked;
