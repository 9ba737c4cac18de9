/// What it costs to read an encrypted disk: decryption as the station does it, on one core, beside
/// OpenSSL's own figure for the same cipher. `XtsBench` is the command.
@NullMarked
package org.diskferry.bench.xts;

import org.jspecify.annotations.NullMarked;
