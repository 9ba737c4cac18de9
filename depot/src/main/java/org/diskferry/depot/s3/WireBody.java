package org.diskferry.depot.s3;

import java.io.InputStream;

/// The body of a request as it comes over the wire. Nothing is read, and a client that waits for
/// `100 Continue` is not told to go on, before the first read.
interface WireBody {
  /// The bytes.
  InputStream stream();

  /// How many, as the client said; -1 where it did not.
  long length();
}
