/// What a job is and how it may move: values and rules, no I/O.
@NullMarked
package org.diskferry.job;

import org.jspecify.annotations.NullMarked;
