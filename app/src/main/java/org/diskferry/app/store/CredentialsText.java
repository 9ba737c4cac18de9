package org.diskferry.app.store;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Credentials as programs and containers hand them out, in JSON: `AccessKeyId`, `SecretAccessKey`,
/// `SessionToken` or `Token`, and `Expiration` where they end.
final class CredentialsText {
  private static final JsonMapper JSON = new JsonMapper();

  private CredentialsText() {}

  /// @param source named in errors; the text itself never is
  static Fetch.Fetched read(String text, String source) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IOException(source + ": what it says is no JSON");
    }
    String id = root.path("AccessKeyId").asString("");
    String secret = root.path("SecretAccessKey").asString("");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IOException(source + ": it names no AccessKeyId and SecretAccessKey");
    }
    String token = root.path("SessionToken").asString(root.path("Token").asString(""));
    Instant end = end(root.path("Expiration").asString(""), source);
    return Fetch.Fetched.of(id, secret, token, end, source);
  }

  private static Instant end(String text, String source) throws IOException {
    try {
      return text.isEmpty() ? Instant.MAX : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IOException(source + ": its Expiration is no time: " + text, e);
    }
  }
}
