/// The S3 protocol over blobs and index: one class for what each operation does, none of them
/// knowing the web library, which only [S3Server] and its neighbours do.
@NullMarked
package org.diskferry.depot.s3;

import org.jspecify.annotations.NullMarked;
