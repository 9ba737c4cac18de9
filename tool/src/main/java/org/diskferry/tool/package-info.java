/// The customer's command line and desk checks.
@NullMarked
package org.diskferry.tool;

import org.jspecify.annotations.NullMarked;
