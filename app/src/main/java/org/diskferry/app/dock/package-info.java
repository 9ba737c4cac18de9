/// The operator's command line for devices: `dock list`, `attach`, `detach`, `pin`, `hold`,
/// `waive`, `release`, `return`.
@NullMarked
package org.diskferry.app.dock;

import org.jspecify.annotations.NullMarked;
