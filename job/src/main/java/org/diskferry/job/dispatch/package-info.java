/// The protocol between the server, which knows the jobs, and a station, which has the devices: a
/// method call in one process, HTTPS with a station key across machines.
@NullMarked
package org.diskferry.job.dispatch;

import org.jspecify.annotations.NullMarked;
