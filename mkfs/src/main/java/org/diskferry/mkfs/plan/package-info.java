/// What a disk will hold, reckoned without one: for splitting a bucket over disks beforehand. The
/// reckoning follows what the formatters and the fillers of this module do, down to the block, and
/// is held against volumes that they really made.
@NullMarked
package org.diskferry.mkfs.plan;

import org.jspecify.annotations.NullMarked;
