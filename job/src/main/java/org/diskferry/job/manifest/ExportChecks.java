package org.diskferry.job.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What no option of an export shows alone. Guide, "Export from Amazon S3 Manifest File Options",
/// "Limiting the Exported Data".
final class ExportChecks {
  private static final String PASSWORD = "trueCryptPassword";
  private static final String RECOVERY = "recoveryDirectory";
  private static final String BEGIN = "beginMarker";
  private static final String END = "endMarker";

  private ExportChecks() {}

  static void check(Fields top, List<Fields> operations, Findings findings) {
    checkSecrets(top, findings);
    checkRecoveryDirectory(top, findings);
    checkPapers(top, findings);
    operations.forEach(operation -> checkMarkers(operation, findings));
  }

  private static void checkSecrets(Fields top, Findings findings) {
    if (top.isAbsent(PASSWORD) && top.isAbsent("pinCode")) {
      findings.fault(
          FaultClass.MISSING_FIELD,
          top.line(PASSWORD),
          PASSWORD,
          "it is missing, and so is pinCode; an export is encrypted and needs one of the two");
    }
  }

  private static void checkRecoveryDirectory(Fields top, Findings findings) {
    if (!top.has(RECOVERY) || !top.has("fileSystem")) {
      return;
    }
    DeviceFileSystem fileSystem = DeviceFileSystem.valueOf(top.text("fileSystem"));
    if (!fileSystem.holds(Directories.trimmed(top.text(RECOVERY)))) {
      findings.fault(
          FaultClass.INVALID_FIELD,
          top.line(RECOVERY),
          RECOVERY,
          "%s: %s cannot have a directory of this name at its root"
              .formatted(Shown.clip(top.text(RECOVERY)), fileSystem));
    }
  }

  /// What the customs read of the way back.
  private static void checkPapers(Fields top, Findings findings) {
    top.block("customs").entries().stream()
        .filter(entry -> entry.name().text().equals("encryptedData"))
        .filter(entry -> entry.value() instanceof Value.Text text && isNo(text))
        .forEach(entry ->
            findings.warn(
                entry.name().line(),
                "customs.encryptedData",
                "it is no, and the device goes back with encrypted data: every export is encrypted"));
  }

  private static boolean isNo(Value.Text text) {
    return text.text().strip().equalsIgnoreCase("no");
  }

  /// An operation that selects nothing is carried out, and hardly meant.
  private static void checkMarkers(Fields operation, Findings findings) {
    String prefix = operation.text("prefix");
    String begin = operation.text(BEGIN);
    String end = operation.text(END);
    if (operation.has(END) && compare(end, begin) <= 0) {
      nothing(operation, END, "comes not after beginMarker", findings);
    } else if (operation.has(END) && compare(end, prefix) < 0) {
      nothing(operation, END, "comes before all keys with the prefix", findings);
    } else if (compare(begin, prefix) > 0 && !begin.startsWith(prefix)) {
      nothing(operation, BEGIN, "comes after all keys with the prefix", findings);
    }
  }

  private static void nothing(Fields operation, String option, String why, Findings findings) {
    findings.warn(
        operation.line(option),
        Section.OPERATION.path() + option,
        "it %s, in the order of their bytes; this operation exports nothing".formatted(why));
  }

  private static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
