/// exFAT, revision 1, after Microsoft's "exFAT file system specification", with TexFAT's second
/// table and map.
///
/// Names are what the entries say: the up-case table is checked, and not needed. A time without an
/// offset from UTC is taken for UTC; times are good to ten milliseconds.
@NullMarked
package org.diskferry.media.fs.exfat;

import org.jspecify.annotations.NullMarked;
