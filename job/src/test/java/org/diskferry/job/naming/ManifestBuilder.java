package org.diskferry.job.naming;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diskferry.job.manifest.S3ImportManifest;

/// Makes manifests for tests: nothing but a bucket and headers, and what is said to differ.
final class ManifestBuilder {
  private String prefix = "";
  private Map<String, String> substitutions = Map.of();
  private List<Pattern> ignore = List.of();
  private Map<String, String> contentTypes = Map.of();
  private String defaultContentType = "";
  private boolean gzipEncoding;
  private String timestampKey = "";
  private Map<String, String> staticMetadata = Map.of();
  private String acl = "";

  ManifestBuilder prefix(String text) {
    prefix = text;
    return this;
  }

  ManifestBuilder substitutions(Map<String, String> fromTo) {
    substitutions = fromTo;
    return this;
  }

  ManifestBuilder ignore(String... patterns) {
    ignore = List.of(patterns).stream().map(Pattern::compile).toList();
    return this;
  }

  ManifestBuilder contentTypes(Map<String, String> types) {
    contentTypes = types;
    return this;
  }

  ManifestBuilder defaultContentType(String type) {
    defaultContentType = type;
    return this;
  }

  ManifestBuilder gzip() {
    gzipEncoding = true;
    return this;
  }

  ManifestBuilder timestampKey(String key) {
    timestampKey = key;
    return this;
  }

  ManifestBuilder staticMetadata(Map<String, String> metadata) {
    staticMetadata = metadata;
    return this;
  }

  ManifestBuilder acl(String canned) {
    acl = canned;
    return this;
  }

  S3ImportManifest build() {
    return new S3ImportManifest(
        "myawsbucket",
        prefix,
        substitutions,
        ignore,
        acl,
        "",
        "max-age=3600",
        "attachment",
        "es",
        "Thu, 07 Jan 2010 16:00:00 GMT",
        contentTypes,
        defaultContentType,
        gzipEncoding,
        timestampKey,
        staticMetadata,
        null,
        null);
  }
}
