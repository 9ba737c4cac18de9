/// What every file system looks like from above: volumes, nodes, links, contents.
@NullMarked
package org.diskferry.media.fs;

import org.jspecify.annotations.NullMarked;
