package org.diskferry.job.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diskferry.job.Secret;
import org.jspecify.annotations.Nullable;

/// A validated manifest of an import into a bucket: the options that say what happens to the files.
/// Guide, "Import to Amazon S3 Manifest File Options". Empty text means that the option is absent.
///
/// @param bucket where the objects go
/// @param prefix put before every path, as it is
/// @param substitutions from what to what, in the manifest's order
/// @param ignore patterns of paths that are not loaded, searched (`find`), not matched whole
/// @param acl canned ACL
/// @param storageClass `STANDARD`, `REDUCED_REDUNDANCY`
/// @param cacheControl `Cache-Control`
/// @param contentDisposition `Content-Disposition`
/// @param contentLanguage `Content-Language`
/// @param expires `Expires`, as written
/// @param contentTypes from extension, case-sensitive, to content type
/// @param defaultContentType for extensions that nothing knows
/// @param gzipEncoding whether gzip files are told by `Content-Encoding`
/// @param timestampKey metadata key for the file's time, without `x-amz-meta-`
/// @param staticMetadata metadata of every object, keys without `x-amz-meta-`
/// @param password of the encrypted volume; null where there is none
/// @param pinCode of the device's own lock; null where there is none
/// @param pim digits of VeraCrypt's PIM, without which the password does not open the volume; null
///   where there is none
/// @param codePage number of the OEM code page of names on FAT volumes, one of [#CODE_PAGES]; null
///   where the usual one is
public record S3ImportManifest(
    String bucket,
    String prefix,
    Map<String, String> substitutions,
    List<Pattern> ignore,
    String acl,
    String storageClass,
    String cacheControl,
    String contentDisposition,
    String contentLanguage,
    String expires,
    Map<String, String> contentTypes,
    String defaultContentType,
    boolean gzipEncoding,
    String timestampKey,
    Map<String, String> staticMetadata,
    @Nullable Secret password,
    @Nullable Secret pinCode,
    @Nullable Secret pim,
    @Nullable Integer codePage) {

  /// The code pages that DOS and Windows have used for the names of FAT.
  public static final List<String> CODE_PAGES =
      List.of(
          "437", "737", "775", "850", "852", "855", "857", "858", "860", "861", "862", "863", "864",
          "865", "866", "869", "874", "932", "936", "949", "950", "1258");

  /// Without a PIM and a code page.
  public S3ImportManifest(
      String bucket,
      String prefix,
      Map<String, String> substitutions,
      List<Pattern> ignore,
      String acl,
      String storageClass,
      String cacheControl,
      String contentDisposition,
      String contentLanguage,
      String expires,
      Map<String, String> contentTypes,
      String defaultContentType,
      boolean gzipEncoding,
      String timestampKey,
      Map<String, String> staticMetadata,
      @Nullable Secret password,
      @Nullable Secret pinCode) {
    this(
        bucket,
        prefix,
        substitutions,
        ignore,
        acl,
        storageClass,
        cacheControl,
        contentDisposition,
        contentLanguage,
        expires,
        contentTypes,
        defaultContentType,
        gzipEncoding,
        timestampKey,
        staticMetadata,
        password,
        pinCode,
        null,
        null);
  }

  /// Copies the collections, keeping their order.
  public S3ImportManifest {
    substitutions = Collections.unmodifiableMap(new LinkedHashMap<>(substitutions));
    ignore = List.copyOf(ignore);
    contentTypes = Collections.unmodifiableMap(new LinkedHashMap<>(contentTypes));
    staticMetadata = Collections.unmodifiableMap(new LinkedHashMap<>(staticMetadata));
  }
}
