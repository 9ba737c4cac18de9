package org.diskferry.depot.s3;

import java.util.UUID;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Upload;

/// Uploads by the names that clients know them by.
final class UploadNames {
  private UploadNames() {}

  static String text(UUID id) {
    return id.toString();
  }

  /// The id that a request names.
  static UUID id(Call call) throws S3Fault {
    try {
      return UUID.fromString(call.query().value("uploadId"));
    } catch (IllegalArgumentException e) {
      throw new S3Fault(S3Code.NoSuchUpload, S3Code.NoSuchUpload.message(), e);
    }
  }

  /// The open upload that a request names.
  static Upload find(Call call, Bucket bucket, Index index) throws S3Fault {
    return index
        .uploads()
        .find(bucket, call.key(), id(call))
        .orElseThrow(() -> new S3Fault(S3Code.NoSuchUpload));
  }
}
