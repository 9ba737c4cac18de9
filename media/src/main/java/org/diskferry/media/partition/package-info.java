/// Partition tables: none, MBR, GPT.
@NullMarked
package org.diskferry.media.partition;

import org.jspecify.annotations.NullMarked;
