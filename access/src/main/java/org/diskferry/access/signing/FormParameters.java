package org.diskferry.access.signing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The parameters of a query request, decoded, from the query string and the form body together, in
/// the order sent; and the undecoded text, which some clients sign.
public final class FormParameters {
  /// Our largest request has some thirty; the rest is room for lists.
  private static final int MAX_PARAMETERS = 1_000;

  private final List<Parameter> all;
  private final String raw;

  private FormParameters(List<Parameter> all, String raw) {
    this.all = List.copyOf(all);
    this.raw = raw;
  }

  /// Reads both; either may be empty.
  ///
  /// @throws MalformedFormException if a percent escape is broken, bytes are not UTF-8, or there
  ///   are more than a thousand parameters
  public static FormParameters of(String query, String body) throws MalformedFormException {
    String raw = query.isEmpty() || body.isEmpty() ? query + body : query + "&" + body;
    List<Parameter> all = new ArrayList<>();
    for (String pair : raw.split("&", MAX_PARAMETERS + 1)) {
      if (all.size() == MAX_PARAMETERS) {
        throw new MalformedFormException("more than " + MAX_PARAMETERS + " parameters");
      }
      if (!pair.isEmpty()) {
        all.add(decode(pair, all.size() + 1));
      }
    }
    return new FormParameters(all, raw);
  }

  private static Parameter decode(String pair, int number) throws MalformedFormException {
    int equals = pair.indexOf('=');
    Optional<String> name = Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
    Optional<String> value = Percent.decodeForm(equals < 0 ? "" : pair.substring(equals + 1));
    if (name.isEmpty() || value.isEmpty()) {
      throw new MalformedFormException(
          "parameter " + number + " is not percent-encoded UTF-8; encode it by RFC 3986");
    }
    return new Parameter(name.get(), value.get());
  }

  /// All parameters, in the order sent.
  public List<Parameter> all() {
    return all;
  }

  /// The first value of a parameter.
  public Optional<String> value(String name) {
    return all.stream().filter(p -> p.name().equals(name)).map(Parameter::value).findFirst();
  }

  /// Whether a parameter is there, with whatever value.
  public boolean has(String name) {
    return value(name).isPresent();
  }

  /// The canonical query of Signature V2: sorted by the bytes of the name, encoded by RFC 3986,
  /// without the signature.
  String canonical() {
    return all.stream()
        .filter(p -> !p.name().equals(V2Verifier.SIGNATURE))
        .map(p -> new Parameter(Percent.encode(p.name()), Percent.encode(p.value())))
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(p -> p.name() + "=" + p.value())
        .reduce((a, b) -> a + "&" + b)
        .orElse("");
  }

  /// The canonical query with the five marks that JavaScript's own escaping leaves as they are
  /// (`encodeURIComponent`), for clients that sign what it gives.
  String canonicalWithMarks() {
    return canonical()
        .replace("%21", "!")
        .replace("%27", "'")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%2A", "*");
  }

  /// The parameters exactly as sent, without the signature.
  String asSent() {
    List<String> kept = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.startsWith(V2Verifier.SIGNATURE + "=")) {
        kept.add(pair);
      }
    }
    return String.join("&", kept);
  }
}
