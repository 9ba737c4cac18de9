package org.diskferry.job.manifest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diskferry.job.Secret;

/// Manifests as they are shown: the text as it was sent, with asterisks in place of the secrets.
/// Comments and layout stay, but for a comment right behind a secret that may be its rest
/// (`trueCryptPassword: a #b`).
public final class Masked {
  /// What stands in place of a secret.
  static final String MASK = Secret.HIDDEN;

  private static final Pattern MASKS = Pattern.compile("\\*{3,}");

  private Masked() {}

  /// A manifest to show. Of a text that is none, nothing is shown.
  public static String text(String manifest) {
    try {
      StringBuilder shown = new StringBuilder(manifest);
      List<HiddenValue> secrets = HiddenValue.in(ManifestText.parse(manifest));
      for (HiddenValue secret : secrets.reversed()) {
        if (secret.isThere()) {
          shown.replace(secret.from(), secret.to(), MASK);
        }
      }
      return shown.toString();
    } catch (MalformedException e) {
      // where its secrets are cannot be told
      return MASK;
    }
  }

  /// A manifest that was shown, and then changed and sent again, with the secrets of the older one
  /// wherever the asterisks still are. Where the older one has no such secret they stay, and
  /// reading the manifest finds them.
  public static String restore(String changed, String older) {
    try {
      List<HiddenValue> known = HiddenValue.in(ManifestText.parse(older));
      StringBuilder restored = new StringBuilder(changed);
      List<HiddenValue> masks = HiddenValue.in(ManifestText.parse(changed));
      for (HiddenValue mask : masks.reversed()) {
        if (isMask(mask.value())) {
          Optional<HiddenValue> secret =
              known.stream().filter(k -> k.name().equals(mask.name())).findFirst();
          secret.ifPresent(
              s -> restored.replace(mask.from(), mask.to(), older.substring(s.from(), s.to())));
        }
      }
      return restored.toString();
    } catch (MalformedException e) {
      // reading it will say what is wrong
      return changed;
    }
  }

  /// Whether a value is the asterisks that stand for one.
  static boolean isMask(String value) {
    return MASKS.matcher(value.strip()).matches();
  }
}
