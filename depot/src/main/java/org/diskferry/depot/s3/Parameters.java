package org.diskferry.depot.s3;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diskferry.access.signing.Percent;

/// The parameters of a query, decoded. Of two with one name the first counts.
final class Parameters {
  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /// Reads what follows the `?`; empty where there is none.
  static Parameters of(String query) throws S3Fault {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        values.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new Parameters(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /// A value; empty text where it is absent.
  String value(String name) {
    return values.getOrDefault(name, "");
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /// A whole number within limits; `other` where it is absent.
  int number(String name, int least, int most, int other) throws S3Fault {
    String text = value(name);
    if (text.isEmpty()) {
      return other;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return Math.min(number, most);
      }
    } catch (NumberFormatException _) {
      // The same answer as for a number that is too small.
    }
    throw new S3Fault(S3Code.InvalidArgument, name + " must be a number of at least " + least);
  }

  private static String decode(String encoded) throws S3Fault {
    return Percent.decode(encoded.replace('+', ' '))
        .orElseThrow(() -> new S3Fault(S3Code.InvalidURI));
  }
}
