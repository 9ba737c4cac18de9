package org.diskferry.job.manifest;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What no option at top level shows alone.
final class TopChecks {
  /// Most bytes of a key.
  private static final int LONGEST_KEY = 1024;

  /// Bytes of `import-log-` and a job's id; the longest name that is put behind `logPrefix` for the
  /// customer to find.
  private static final int LOG_NAME = 16;

  /// Most bytes of an object's metadata, names and values together, in every store of this kind.
  private static final int MOST_METADATA = 2048;

  /// Bytes of a date of RFC 1123.
  private static final int DATE = 29;

  /// What the service has always said back.
  private static final String ERASE_NOTICE =
      "**** Device will be erased before being returned. ****";

  private TopChecks() {}

  static void check(Submission submission, ManifestText text, Fields top, Findings findings) {
    checkErase(top, findings);
    checkAccessKey(submission, top, findings);
    checkSecrets(text, top, findings);
    checkGoesWithPassword(top, "veraCryptPim", findings);
    checkGoesWithPassword(top, "containerFormat", findings);
    checkLogKey(top, findings);
    checkMetadata(top, findings);
  }

  private static void checkErase(Fields top, Findings findings) {
    if (top.has("eraseDevice")) {
      findings.warn(top.line("eraseDevice"), "eraseDevice", ERASE_NOTICE);
    }
  }

  private static void checkAccessKey(Submission submission, Fields top, Findings findings) {
    if (!top.has("accessKeyId")) {
      return;
    }
    boolean signed = !submission.accessKeyId().isEmpty();
    if (signed && !submission.accessKeyId().equals(top.stripped("accessKeyId"))) {
      findings.fault(
          FaultClass.INVALID_ACCESS_KEY,
          top.line("accessKeyId"),
          "accessKeyId",
          "it is not the access key that signed the request; the option is not needed any more,"
              + " remove it");
    } else {
      findings.warn(
          top.line("accessKeyId"), "accessKeyId", "it is not needed any more and is ignored");
    }
  }

  private static void checkSecrets(ManifestText text, Fields top, Findings findings) {
    for (HiddenValue secret : HiddenValue.in(text)) {
      if (secret.isCut()) {
        findings.warn(
            secret.line(),
            secret.name(),
            "what begins with # is a comment and no part of it; if it is meant to be, enclose the"
                + " whole value in double quotes");
      } else if (secret.isAltered()) {
        findings.warn(
            secret.line(),
            secret.name(),
            "YAML reads it as something else than what stands there; enclose it in double quotes"
                + " and write a backslash as two");
      }
    }
    if (top.text("trueCryptPassword").indexOf(',') >= 0) {
      findings.warn(
          top.line("trueCryptPassword"),
          "trueCryptPassword",
          "it has a comma, which other tools do not take");
    }
  }

  private static void checkGoesWithPassword(Fields top, String option, Findings findings) {
    if (top.has(option) && top.isAbsent("trueCryptPassword")) {
      findings.warn(
          top.line(option),
          option,
          "it goes with trueCryptPassword, which is missing, and is ignored");
    }
  }

  private static void checkLogKey(Fields top, Findings findings) {
    int bytes = bytes(top.text("logPrefix")) + LOG_NAME;
    if (bytes > LONGEST_KEY) {
      findings.fault(
          FaultClass.INVALID_FIELD,
          top.line("logPrefix"),
          "logPrefix",
          "with the name of the log behind it there are %d bytes, and a key has at most %d"
              .formatted(bytes, LONGEST_KEY));
    }
  }

  private static void checkMetadata(Fields top, Findings findings) {
    Map<String, String> metadata = top.pairs("staticMetadata");
    Set<String> names = new HashSet<>();
    String timestamp = top.stripped("diskTimestampMetadataKey");
    int bytes = timestamp.isEmpty() ? 0 : bytes(timestamp) + DATE;
    if (!timestamp.isEmpty()) {
      names.add(timestamp.toLowerCase(Locale.ROOT));
    }
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      bytes += bytes(entry.getKey()) + bytes(entry.getValue());
      if (!names.add(entry.getKey().toLowerCase(Locale.ROOT))) {
        metadataFault(
            top,
            findings,
            "%s is there twice, here or as diskTimestampMetadataKey; case does not count"
                .formatted(Shown.clip(entry.getKey())));
      }
    }
    if (bytes > MOST_METADATA) {
      metadataFault(
          top,
          findings,
          "names and values have %d bytes, and an object takes %d".formatted(bytes, MOST_METADATA));
    }
  }

  private static void metadataFault(Fields top, Findings findings, String message) {
    findings.fault(FaultClass.INVALID_FIELD, top.line("staticMetadata"), "staticMetadata", message);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
