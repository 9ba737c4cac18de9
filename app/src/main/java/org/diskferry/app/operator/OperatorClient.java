package org.diskferry.app.operator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Asks the running service for a verb.
public final class OperatorClient {
  private final ObjectMapper mapper = new ObjectMapper();
  private final Path socket;

  /// For the service that listens on `socket`.
  public OperatorClient(Path socket) {
    this.socket = socket;
  }

  /// Runs `verb` there and answers its result.
  ///
  /// @throws IOException with what the service said where it refused, or when it does not run
  public JsonNode call(String verb, Map<String, ?> arguments) throws IOException {
    if (!Files.exists(socket)) {
      throw new IOException(
          "the service is not running here (no " + socket + "); start it with `up`");
    }
    String request = mapper.writeValueAsString(Map.of("verb", verb, "arguments", arguments)) + "\n";
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
      return read(connection);
    }
  }

  private JsonNode read(SocketChannel connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the service ended the connection without an answer");
    }
    JsonNode answer = mapper.readTree(line);
    if (answer.has("error")) {
      throw new IOException(answer.path("error").asString());
    }
    return answer.path("result");
  }
}
