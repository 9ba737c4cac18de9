/// Blobs: bytes under random names in one directory, durable when they are said to be.
///
/// Small blobs are packed into append-only files that are synced for many callers at once; larger
/// ones lie loose, one file each. Nothing here knows buckets or keys: what a blob belongs to is
/// written in the [Ledger], and a blob that the ledger does not know does not exist.
@NullMarked
package org.diskferry.depot.blob;

import org.jspecify.annotations.NullMarked;
