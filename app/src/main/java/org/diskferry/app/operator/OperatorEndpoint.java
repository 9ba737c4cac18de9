package org.diskferry.app.operator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Answers the operator's verbs, one connection each: `{"verb": …, "arguments": {…}}` in,
/// `{"result": …}` or `{"error": …}` out.
public final class OperatorEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorEndpoint.class);

  private final ObjectMapper mapper = new ObjectMapper();
  private final Path socket;
  private final Map<String, Verb> verbs;
  private final ServerSocketChannel server;

  private OperatorEndpoint(Path socket, Map<String, Verb> verbs, ServerSocketChannel server) {
    this.socket = socket;
    this.verbs = Map.copyOf(verbs);
    this.server = server;
  }

  /// Listens on `socket`, in place of what an earlier run left there.
  public static OperatorEndpoint listen(Path socket, Map<String, Verb> verbs) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    OperatorEndpoint endpoint = new OperatorEndpoint(socket, verbs, server);
    Thread.ofVirtual().name("operator").start(endpoint::accept);
    return endpoint;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel connection = server.accept();
        Thread.ofVirtual().name("operator verb").start(() -> answer(connection));
      } catch (AsynchronousCloseException e) {
        return;
      } catch (IOException e) {
        LOG.warn("the operator's socket failed", e);
        return;
      }
    }
  }

  private void answer(SocketChannel connection) {
    try (connection;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    Channels.newInputStream(connection), StandardCharsets.UTF_8))) {
      String line = in.readLine();
      if (line != null) {
        String answer = mapper.writeValueAsString(run(line)) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          connection.write(bytes);
        }
      }
    } catch (IOException e) {
      LOG.info("an operator's connection ended early: {}", e.toString());
    }
  }

  // Whatever goes wrong is the operator's to know, and must not end the endpoint.
  private Map<String, Object> run(String line) {
    try {
      JsonNode request = mapper.readTree(line);
      String name = request.path("verb").asString("");
      Verb verb = verbs.get(name);
      if (verb == null) {
        return Map.of("error", "there is no verb " + name);
      }
      return Map.of("result", verb.run(request.path("arguments")));
    } catch (JacksonException e) {
      return Map.of("error", "the request is no JSON");
    } catch (Exception e) {
      LOG.info("a verb failed: {}", e.toString());
      String message = e.getMessage();
      return Map.of("error", message == null ? e.toString() : message);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
