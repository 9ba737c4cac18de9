/// A PostgreSQL server of our own: unpacked, initialised, started, adopted, stopped.
///
/// [PostgresServer] keeps everything in one directory: the binaries, the data, the password and the
/// port. It listens on the loopback interface only, demands a password (SCRAM-SHA-256), keeps
/// `fsync` and data checksums on, and never runs as root. The server outlives a Diskferry that was
/// killed; the next one adopts it.
@NullMarked
package org.diskferry.postgres;

import org.jspecify.annotations.NullMarked;
