/// The server's side of [org.diskferry.job.dispatch]: which device is whose, what is to be done
/// with it, whether it may be erased; what the operator says about it; and what happens when nobody
/// says anything for too long.
///
/// Everything that is decided is an event of the job. Only the progress that stations tell with
/// their beats is kept in memory.
@NullMarked
package org.diskferry.server.dispatch;

import org.jspecify.annotations.NullMarked;
