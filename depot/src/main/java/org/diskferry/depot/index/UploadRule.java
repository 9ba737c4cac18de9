package org.diskferry.depot.index;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// A rule of a bucket: uploads that were begun and not completed are dropped after some days. As
/// with S3 the time is rounded up to the next midnight, UTC.
///
/// @param id unique in the bucket
/// @param enabled whether it is followed
/// @param prefix of the keys that it is about; empty for all
/// @param days at least 1
public record UploadRule(String id, boolean enabled, String prefix, int days) {
  /// Most rules of a bucket, as S3 has it.
  public static final int MOST = 1000;

  /// Checks the number.
  public UploadRule {
    if (days < 1) {
      throw new IllegalArgumentException("days must be at least 1, not " + days);
    }
  }

  /// Whether an upload of this key is dropped some day.
  public boolean concerns(ObjectKey key) {
    return enabled && key.toString().startsWith(prefix);
  }

  /// When an upload that was begun at some time is dropped.
  public Instant due(Instant started) {
    Instant midnight = started.plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.DAYS);
    return midnight.plus(Duration.ofDays(1));
  }

  /// Uploads that were begun before this are due now.
  Instant limit(Instant now) {
    return now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
  }

  /// A line a rule.
  static String text(List<UploadRule> rules) {
    return rules.stream()
        .map(rule ->
            "%s %d %s %s"
                .formatted(
                    rule.enabled ? "on" : "off", rule.days, coded(rule.id), coded(rule.prefix)))
        .collect(Collectors.joining("\n"));
  }

  /// As [#text] wrote them.
  static List<UploadRule> of(String text) {
    List<UploadRule> rules = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      rules.add(
          new UploadRule(
              plain(words[2]), words[0].equals("on"), plain(words[3]), Integer.parseInt(words[1])));
    }
    return rules;
  }

  private static String coded(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String plain(String coded) {
    return new String(Base64.getUrlDecoder().decode(coded), StandardCharsets.UTF_8);
  }
}
