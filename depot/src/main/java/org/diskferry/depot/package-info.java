/// The embedded default store: S3 over one directory of blobs and one index. Off where a real store
/// is configured.
@NullMarked
package org.diskferry.depot;

import org.jspecify.annotations.NullMarked;
