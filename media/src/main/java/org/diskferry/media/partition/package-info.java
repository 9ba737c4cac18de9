/// Partition tables: none, MBR, GPT, Apple's.
@NullMarked
package org.diskferry.media.partition;

import org.jspecify.annotations.NullMarked;
