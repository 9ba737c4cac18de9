package org.diskferry.depot.s3;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.ObjectKey;
import org.diskferry.depot.index.UploadRule;

/// When an upload will be dropped by a rule of its bucket, as answers tell it.
final class AbortDate {
  private AbortDate() {}

  /// The headers; none where no rule is about it.
  static Map<String, String> headers(Bucket bucket, ObjectKey key, Instant started) {
    return bucket.uploadRules().stream()
        .filter(rule -> rule.concerns(key))
        .min(Comparator.comparingInt(UploadRule::days))
        .map(rule ->
            Map.of(
                "x-amz-abort-date",
                Times.http(rule.due(started)),
                "x-amz-abort-rule-id",
                rule.id()))
        .orElse(Map.of());
  }
}
