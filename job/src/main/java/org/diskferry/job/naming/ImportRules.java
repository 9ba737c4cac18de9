package org.diskferry.job.naming;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.diskferry.job.manifest.S3ImportManifest;

/// From the path of a file to the key of its object. Guide, "Excluding Files and Directories" and
/// "Manipulating Amazon S3 Object Key Names": `SIGNATURE` at the root and what `ignore` finds is
/// left out; the key is `prefix` and path, then `substitutions`.
///
/// Paths are Unicode text with `/` between names and none in front. Safe for many threads.
public final class ImportRules {
  /// Most bytes of UTF-8 that a key may have, in every store of this kind.
  private static final int LONGEST_KEY = 1024;

  private static final int BAD_REQUEST = 400;
  private static final Pattern SIGNATURE = Pattern.compile("SIGNATURE");
  private static final Pattern SIGNATURE_OF_PARTITION = Pattern.compile("p[0-9]+/SIGNATURE");

  private final List<PathPattern> ignore;
  private final Pattern signature;
  private final String prefix;
  private final Substitutions substitutions;

  private ImportRules(S3ImportManifest manifest, Pattern signature) {
    this.ignore = manifest.ignore().stream().map(PathPattern::new).toList();
    this.signature = signature;
    this.prefix = manifest.prefix();
    this.substitutions = new Substitutions(manifest.substitutions());
  }

  /// For a device with one volume, whose paths begin at its root.
  public static ImportRules of(S3ImportManifest manifest) {
    return new ImportRules(manifest, SIGNATURE);
  }

  /// For a device with several volumes, whose paths begin with `p1/`, `p2/` …
  public static ImportRules ofPartitions(S3ImportManifest manifest) {
    return new ImportRules(manifest, SIGNATURE_OF_PARTITION);
  }

  /// What becomes of the file with this path; the same for the same path whenever it is asked.
  public ImportNames name(String path) {
    if (signature.matcher(path).matches()) {
      return new ImportNames.Ignore();
    }
    try {
      for (PathPattern pattern : ignore) {
        if (pattern.isFoundIn(path)) {
          return new ImportNames.Ignore();
        }
      }
    } catch (PathPattern.TooCostlyException e) {
      return new ImportNames.Refuse(BAD_REQUEST, "InvalidIgnorePattern", e.reason());
    }
    return key(path);
  }

  private ImportNames key(String path) {
    String key = substitutions.apply(prefix + path);
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length > 0 && length <= LONGEST_KEY) {
      return new ImportNames.Load(key);
    }
    String reason =
        length == 0
            ? "nothing is left of the name"
            : "the key would have %d bytes, and %d are possible".formatted(length, LONGEST_KEY);
    String code = substitutions.isEmpty() ? "KeyTooLong" : "InvalidSubstitution";
    return new ImportNames.Refuse(BAD_REQUEST, code, reason);
  }
}
