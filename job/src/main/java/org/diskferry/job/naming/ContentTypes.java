package org.diskferry.job.naming;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The media types of IANA's register by file extension, without regard to case. The table is
/// `content-types.tsv`: extension, tab, type.
final class ContentTypes {
  private static final Map<String, String> BY_EXTENSION = read();

  private ContentTypes() {}

  static Optional<String> of(String extension) {
    return Optional.ofNullable(BY_EXTENSION.get(extension.toLowerCase(Locale.ROOT)));
  }

  private static Map<String, String> read() {
    Map<String, String> types = new HashMap<>();
    try (InputStream file = ContentTypes.class.getResourceAsStream("content-types.tsv")) {
      if (file == null) {
        throw new IllegalStateException("content-types.tsv is missing beside this class");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            int tab = line.indexOf('\t');
            types.put(line.substring(0, tab), line.substring(tab + 1));
          });
    } catch (IOException e) {
      throw new UncheckedIOException("content-types.tsv cannot be read", e);
    }
    return Map.copyOf(types);
  }
}
