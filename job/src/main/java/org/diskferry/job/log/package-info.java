/// What became of each file: the rows of the customer's log.
@NullMarked
package org.diskferry.job.log;

import org.jspecify.annotations.NullMarked;
