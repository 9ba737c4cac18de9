/// What tests of made disks share, here and in the modules above.
@NullMarked
package org.diskferry.mkfs.testing;

import org.jspecify.annotations.NullMarked;
