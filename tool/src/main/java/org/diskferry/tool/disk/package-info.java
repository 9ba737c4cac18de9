/// Desk checks: what is this disk, and what is on it?
@NullMarked
package org.diskferry.tool.disk;

import org.jspecify.annotations.NullMarked;
