package org.diskferry.depot.s3;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names by which clients reach the endpoint. What stands before one of them in a `Host` is a
/// bucket (`archive.store.example`); any other host, known or not, leaves the bucket to the path,
/// so that a proxy or an address that nobody told of needs no setting.
final class HostNames {
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");
  private static final Pattern LAST_DOT = Pattern.compile("\\.$");

  private final List<String> names;

  /// @param names without ports
  HostNames(Collection<String> names) {
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /// The bucket that a host names, by the longest name that fits; empty text where the path does.
  String bucket(String host) {
    String bare = LAST_DOT.matcher(PORT.matcher(host).replaceFirst("")).replaceFirst("");
    String lower = bare.toLowerCase(Locale.ROOT);
    Optional<String> name =
        names.stream().filter(each -> lower.equals(each) || lower.endsWith("." + each)).findFirst();
    return name.filter(each -> lower.length() > each.length())
        .map(each -> lower.substring(0, lower.length() - each.length() - 1))
        .orElse("");
  }
}
