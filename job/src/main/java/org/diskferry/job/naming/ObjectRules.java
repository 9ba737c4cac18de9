package org.diskferry.job.naming;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diskferry.job.manifest.S3ImportManifest;

/// What an object carries, from what its file is. Guide, "Handling Gzip Files" and "Import to
/// Amazon S3 Manifest File Options".
///
/// The content type is that of the manifest for the extension (case counts), else IANA's (case does
/// not count), else `defaultContentType`, else `application/octet-stream`, which the guide's logs
/// show. Its one example with `binary/octet-stream` is a gzip file without another extension: that
/// is what such a file gets. Safe for many threads.
public final class ObjectRules {
  /// How many of a file's first bytes [#headers] looks at; more do no harm, fewer are a short file.
  public static final int FIRST_BYTES = 3;

  private static final String UNKNOWN = "application/octet-stream";
  private static final String UNKNOWN_GZIP = "binary/octet-stream";

  /// RFC 1952, section 2.3.1: two bytes that identify, and the only method there is.
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

  /// RFC 1123, section 5.2.14, with two digits for the day as stores write it.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final S3ImportManifest manifest;
  private final Map<String, String> staticMetadata = new HashMap<>();

  private ObjectRules(S3ImportManifest manifest) {
    this.manifest = manifest;
    manifest
        .staticMetadata()
        .forEach((key, value) -> staticMetadata.put(key.toLowerCase(Locale.ROOT), value));
  }

  /// The rules of a manifest.
  public static ObjectRules of(S3ImportManifest manifest) {
    return new ObjectRules(manifest);
  }

  /// What the object of a file carries.
  ///
  /// @param path of the file
  /// @param modified its time on the disk
  /// @param firstBytes from its position on, the beginning of the file; is not moved
  public ObjectHeaders headers(String path, Instant modified, ByteBuffer firstBytes) {
    boolean encoded = manifest.gzipEncoding() && isGzip(firstBytes);
    return new ObjectHeaders(
        contentType(path, encoded),
        encoded ? "gzip" : "",
        manifest.cacheControl(),
        manifest.contentDisposition(),
        manifest.contentLanguage(),
        manifest.expires(),
        metadata(modified),
        manifest.acl(),
        manifest.storageClass());
  }

  /// The type that the log shows for a file.
  private String contentType(String path, boolean encoded) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String extension = extension(encoded ? withoutGzip(name) : name);
    String own = manifest.contentTypes().get(extension);
    if (own != null) {
      return own;
    }
    return ContentTypes.of(extension).orElseGet(() -> unknown(encoded && extension.isEmpty()));
  }

  private String unknown(boolean bareGzip) {
    if (!manifest.defaultContentType().isEmpty()) {
      return manifest.defaultContentType();
    }
    return bareGzip ? UNKNOWN_GZIP : UNKNOWN;
  }

  private Map<String, String> metadata(Instant modified) {
    if (manifest.timestampKey().isEmpty()) {
      return staticMetadata;
    }
    Map<String, String> all = new HashMap<>(staticMetadata);
    all.put(manifest.timestampKey().toLowerCase(Locale.ROOT), DATE.format(modified));
    return all;
  }

  private static boolean isGzip(ByteBuffer firstBytes) {
    ByteBuffer start = firstBytes.slice();
    return start.remaining() >= GZIP.length
        && ByteBuffer.wrap(GZIP).equals(start.limit(GZIP.length));
  }

  private static String withoutGzip(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : List.of(".gz", ".gzip")) {
      if (lower.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  /// What follows the last dot; empty where there is none but one in front.
  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot + 1) : "";
  }
}
