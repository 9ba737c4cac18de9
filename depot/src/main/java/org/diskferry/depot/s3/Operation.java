package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.index.Rejected;

/// One operation of S3.
@FunctionalInterface
interface Operation {
  /// Does it.
  ///
  /// @throws S3Fault as one of the [IOException]s, for what is to be answered with a code
  Answer answer(Call call) throws IOException, Rejected;
}
