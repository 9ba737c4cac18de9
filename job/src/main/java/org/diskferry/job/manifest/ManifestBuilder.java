package org.diskferry.job.manifest;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes a manifest of fields that were all found good.
final class ManifestBuilder {
  private static final String RECOVERY = "EXPORT-RECOVERY";

  private final Common common;
  private final Fields top;
  private final List<Fields> operations;

  ManifestBuilder(Common common, Fields top, List<Fields> operations) {
    this.common = common;
    this.top = top;
    this.operations = operations;
  }

  Manifest build(Kind kind) {
    return switch (kind) {
      case S3_IMPORT -> new Manifest.S3Import(common, load());
      case S3_EXPORT -> export();
      case EBS_IMPORT ->
          new Manifest.EbsImport(
              common,
              Rules.isYes(operations.getFirst().text("deviceCapacityGreaterThan1TB")),
              top.secret("pinCode"));
      case GLACIER_IMPORT ->
          new Manifest.GlacierImport(
              common,
              operations.getFirst().text("vaultName"),
              operations.getFirst().text("archiveComment"),
              top.secret("pinCode"));
    };
  }

  private S3ImportManifest load() {
    return new S3ImportManifest(
        top.text("bucket"),
        top.text("prefix"),
        top.pairs("substitutions"),
        top.texts("ignore").stream().map(Pattern::compile).toList(),
        top.text("acl"),
        top.text("storageClass"),
        top.text("cacheControl"),
        top.text("contentDisposition"),
        top.text("contentLanguage"),
        top.stripped("expires"),
        top.pairs("contentTypes"),
        top.text("defaultContentType"),
        Rules.isYes(top.text("setContentEncodingForGzFiles")),
        top.text("diskTimestampMetadataKey"),
        top.pairs("staticMetadata"),
        top.secret("trueCryptPassword"),
        top.secret("pinCode"),
        top.secret("veraCryptPim"),
        codePage());
  }

  private @Nullable Integer codePage() {
    return top.has("fatCodePage") ? Integer.valueOf(top.stripped("fatCodePage")) : null;
  }

  private Manifest.S3Export export() {
    String recovery = Directories.trimmed(top.text("recoveryDirectory"));
    return new Manifest.S3Export(
        common,
        DeviceFileSystem.valueOf(top.text("fileSystem")),
        operations.stream().map(this::operation).toList(),
        recovery.isEmpty() ? RECOVERY : recovery,
        top.pairs("substitutions"),
        top.secret("trueCryptPassword"),
        top.secret("pinCode"),
        containerFormat());
  }

  private ContainerFormat containerFormat() {
    return top.has("containerFormat")
        ? ContainerFormat.valueOf(top.text("containerFormat").toUpperCase(Locale.ROOT))
        : ContainerFormat.TRUECRYPT;
  }

  private ExportOperation operation(Fields fields) {
    String bucket = fields.text("exportBucket");
    String directory = bucket;
    if (fields.has("targetDirectory")) {
      directory = Directories.trimmed(fields.text("targetDirectory"));
    } else if (top.has("targetDirectory")) {
      directory = Directories.trimmed(top.text("targetDirectory"));
    }
    return new ExportOperation(
        bucket,
        fields.text("prefix"),
        fields.text("beginMarker"),
        fields.text("endMarker"),
        directory);
  }
}
