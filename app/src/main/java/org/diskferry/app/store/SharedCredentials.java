package org.diskferry.app.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A section of a shared credentials file, as the clients of S3 have it:
///
/// ```
/// [default]
/// aws_access_key_id = …
/// aws_secret_access_key = …
/// aws_session_token = …
/// ```
///
/// or `credential_process = COMMAND`. Lines that begin with `#` or `;` are comments, names of
/// sections may have `profile` in front, settings that are not known are left alone. Read anew
/// whenever the store says that the credentials are over.
final class SharedCredentials implements Fetch {
  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";
  private static final String COMMAND = "credential_process";

  /// Such files have a dozen lines; one of this size is something else.
  private static final long LARGEST = 1 << 20;

  private final Path file;
  private final String profile;

  SharedCredentials(Path file, String profile) {
    this.file = file;
    this.profile = profile;
  }

  @Override
  public Fetched fetch() throws IOException {
    Map<String, String> section =
        section()
            .orElseThrow(() -> new IOException(file + ": there is no section [" + profile + "]"));
    String id = section.getOrDefault(ID, "");
    String secret = section.getOrDefault(SECRET, "");
    if (!id.isEmpty() && !secret.isEmpty()) {
      String source = file + ", section [" + profile + "]";
      return Fetched.of(id, secret, section.getOrDefault(TOKEN, ""), Instant.MAX, source);
    }
    String command = section.getOrDefault(COMMAND, "");
    if (command.isEmpty()) {
      throw new IOException(
          "%s: section [%s] has neither %s and %s nor %s"
              .formatted(file, profile, ID, SECRET, COMMAND));
    }
    return new CredentialProcess(command).fetch();
  }

  /// Empty where the file has no such section.
  Optional<Map<String, String>> section() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    boolean inside = false;
    boolean seen = false;
    for (String raw : lines()) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        String name = line.substring(1, line.length() - 1).strip();
        inside = name.equals(profile) || name.equals("profile " + profile);
        seen |= inside;
      } else if (inside && !line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        int equals = line.indexOf('=');
        // Settings below a setting are indented; none of them is ours.
        if (equals > 0 && !Character.isWhitespace(raw.charAt(0))) {
          found.put(
              line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              line.substring(equals + 1).strip());
        }
      }
    }
    return seen ? Optional.of(found) : Optional.empty();
  }

  private Iterable<String> lines() throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException(
            file + ": is no credentials file, it has " + Files.size(file) + " bytes");
      }
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    }
  }
}
