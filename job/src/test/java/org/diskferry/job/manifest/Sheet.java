package org.diskferry.job.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.job.JobType;

/// A manifest for tests: options by path (`returnAddress.city`, `operations.region`), each value as
/// it stands behind its colon, blocks with their line ends.
final class Sheet {
  private final Kind kind;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private Sheet(Kind kind) {
    this.kind = kind;
  }

  /// Everything that a kind of job requires, and nothing else.
  static Sheet of(Kind kind) {
    Sheet sheet = new Sheet(kind);
    sheet.with("manifestVersion", kind.currentVersion());
    sheet.with("deviceId", "49382");
    sheet.with("notificationEmail", "john.doe@example.com;jane.roe@example.com");
    switch (kind) {
      case S3_IMPORT -> sheet.with("eraseDevice", "yes").with("bucket", "my-bucket");
      case S3_EXPORT ->
          sheet
              .with("logBucket", "my-logs")
              .with("fileSystem", "NTFS")
              .with("trueCryptPassword", "SimpleEXAMPLE")
              .with("operations.exportBucket", "my-bucket");
      case EBS_IMPORT ->
          sheet
              .with("eraseDevice", "yes")
              .with("logBucket", "my-logs")
              .with("operations.destination", "ebs-snapshot")
              .with("operations.source", "device")
              .with("operations.region", "us-east-1")
              .with("operations.deviceCapacityGreaterThan1TB", "no");
      case GLACIER_IMPORT ->
          sheet
              .with("eraseDevice", "yes")
              .with("logBucket", "my-logs")
              .with("operations.destination", "glacier")
              .with("operations.source", "device")
              .with("operations.region", "us-east-1")
              .with("operations.vaultName", "MyVault")
              .with("operations.archiveComment", "July 24, 2012 daily archive");
    }
    return sheet
        .with("returnAddress.name", "Jane Roe")
        .with("returnAddress.street1", "123 Any Street")
        .with("returnAddress.city", "Anytown")
        .with("returnAddress.stateOrProvince", "WA")
        .with("returnAddress.postalCode", "91011-1111")
        .with("returnAddress.phoneNumber", "206-555-1111")
        .with("returnAddress.country", "USA");
  }

  /// The same with an address in India, and with what the customs require then.
  static Sheet abroad(Kind kind) {
    return of(kind)
        .with("returnAddress.stateOrProvince", "Haryana")
        .with("returnAddress.country", "India")
        .with("customs.dataDescription", "Medical test results")
        .with("customs.encryptedData", "yes")
        .with("customs.encryptionClassification", "5D992")
        .with("customs.exportCertifierName", "John Doe")
        .with("customs.requiresExportLicense", "no")
        .with("customs.deviceValue", "250.00")
        .with("customs.deviceCountryOfOrigin", "Ghana")
        .with("customs.deviceType", "externalStorageDevice");
  }

  Sheet with(String path, String value) {
    if (path.indexOf('.') < 0) {
      values.keySet().removeIf(known -> known.startsWith(path + "."));
    }
    values.put(path, value);
    return this;
  }

  Sheet without(String path) {
    values.keySet().removeIf(known -> known.equals(path) || known.startsWith(path + "."));
    return this;
  }

  /// The value of an option, empty where it has none.
  String value(String path) {
    return values.getOrDefault(path, "");
  }

  String text() {
    List<String> out = new ArrayList<>();
    List<String> done = new ArrayList<>();
    lines.clear();
    for (String path : values.keySet()) {
      int dot = path.indexOf('.');
      String section = dot < 0 ? path : path.substring(0, dot);
      if (dot < 0) {
        line(out, path, path, "");
      } else if (!done.contains(section)) {
        done.add(section);
        lines.put(section, out.size() + 1);
        out.add(section + ":");
        section(out, section);
      }
    }
    return String.join("\n", out) + "\n";
  }

  private void section(List<String> out, String section) {
    boolean list = section.equals("operations");
    String indent = list ? "  - " : "  ";
    for (String path : values.keySet()) {
      if (path.startsWith(section + ".")) {
        line(out, path, path.substring(section.length() + 1), indent);
        indent = list ? "    " : "  ";
      }
    }
  }

  private void line(List<String> out, String path, String name, String indent) {
    lines.put(path, out.size() + 1);
    String deeper = "\n" + " ".repeat(indent.length());
    String value = value(path).replace("\n", deeper);
    String blank = value.isEmpty() || value.startsWith("\n") ? "" : " ";
    out.addAll(List.of((indent + name + ":" + blank + value).split("\n", -1)));
  }

  /// The line of an option or a section in [#text].
  int line(String path) {
    String unused = text();
    return unused.isEmpty() ? 0 : lines.getOrDefault(path, 1);
  }

  JobType type() {
    return kind == Kind.S3_EXPORT ? JobType.EXPORT : JobType.IMPORT;
  }

  ManifestResult read() {
    return Reading.of(type(), text());
  }
}
