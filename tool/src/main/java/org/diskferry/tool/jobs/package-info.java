/// The customer's commands, named and laid out as users of the old service know them.
@NullMarked
package org.diskferry.tool.jobs;

import org.jspecify.annotations.NullMarked;
