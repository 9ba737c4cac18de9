/// Bays, loading, verifying, the customer's log, erasing.
@NullMarked
package org.diskferry.station;

import org.jspecify.annotations.NullMarked;
