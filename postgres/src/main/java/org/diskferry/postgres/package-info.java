/// A PostgreSQL server of our own: unpacked, initialised, started, adopted, stopped.
@NullMarked
package org.diskferry.postgres;

import org.jspecify.annotations.NullMarked;
