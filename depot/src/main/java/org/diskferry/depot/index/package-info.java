/// The index: which buckets, objects and uploads there are and which blobs they are made of, in
/// PostgreSQL, in a schema of its own. Everything that a method changes it changes in one
/// transaction, and when it returns the change is durable.
///
/// All methods throw [org.jdbi.v3.core.JdbiException] when the database fails.
@NullMarked
package org.diskferry.depot.index;

import org.jspecify.annotations.NullMarked;
