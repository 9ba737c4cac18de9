/// NTFS, versions 1.2 to 3.1, read from its master file table.
///
/// Names and contents come from the file records alone, in record order: directory indexes are not
/// read (but for finding `hiberfil.sys`), so a damaged index costs nothing. Field names and offsets
/// follow Microsoft's own terms (file record segment, update sequence, mapping pairs, valid data
/// length) as the Windows driver kit and [MS-FSCC] use them; LZNT1 is [MS-XCA] 2.5.
@NullMarked
package org.diskferry.media.fs.ntfs;

import org.jspecify.annotations.NullMarked;
