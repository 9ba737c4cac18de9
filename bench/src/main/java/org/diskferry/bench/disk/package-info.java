/// What it costs to read a disk: listing and content of an image of many small files, from a cold
/// cache, beside what other programs need for the same. `DiskBench` is the command.
@NullMarked
package org.diskferry.bench.disk;

import org.jspecify.annotations.NullMarked;
