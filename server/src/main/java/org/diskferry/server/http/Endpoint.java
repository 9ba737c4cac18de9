package org.diskferry.server.http;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// An HTTPS endpoint: HTTP/1.1 over TLS 1.2 and 1.3, a virtual thread a request. Every answer, the
/// refusal of what is not even HTTP included, is worded by its [Service] and carries a `Date` and
/// an `x-amzn-RequestId`. There is no plain HTTP.
public final class Endpoint implements AutoCloseable {
  /// The largest body that is read: a manifest of 256 KiB, percent-encoded threefold, and room.
  public static final int MAX_BODY = 1 << 20;

  /// A GET carries its parameters in its first line; a signed header is below a kilobyte.
  private static final int MAX_HEAD = 16 * 1024;

  private static final int MAX_RESPONSE_HEAD = 8 * 1024;

  /// A client that says nothing for so long has gone.
  private static final Duration IDLE = Duration.ofSeconds(30);

  /// What runs may end when the endpoint closes.
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// A virtual thread and some hundred kilobytes of TLS buffers each.
  private static final int MAX_CONNECTIONS = 1_000;

  /// More than there are connections: one that sends its body slowly must not keep others waiting.
  private static final int MAX_TASKS = 2 * MAX_CONNECTIONS;

  private final Server server;
  private final ServerConnector connector;

  private Endpoint(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Starts one.
  ///
  /// @throws IOException if the address cannot be had, or the key store holds no key
  public static Endpoint start(EndpointSettings settings, Service service) throws IOException {
    VirtualThreadPool threads = new VirtualThreadPool(MAX_TASKS);
    threads.setName("query");
    Server server = new Server(threads);
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls(settings), "http/1.1"),
            new HttpConnectionFactory(http()));
    connector.setHost(settings.address().getHostString());
    connector.setPort(settings.address().getPort());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(MAX_CONNECTIONS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    Replies replies = new Replies(service);
    BodyReader bodies = new BodyReader(MAX_BODY, System::nanoTime);
    server.setHandler(new GracefulHandler(new ServiceHandler(service, replies, bodies)));
    server.setErrorHandler(new ErrorAnswers(service, replies));
    server.setStopTimeout(GRACE.toMillis());
    Endpoint endpoint = new Endpoint(server, connector);
    endpoint.open(settings);
    return endpoint;
  }

  /// The port that it listens on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Stops listening, lets what runs end for a few seconds, and breaks off the rest.
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the endpoint did not stop", e);
    }
  }

  private void open(EndpointSettings settings) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException("cannot listen on %s: %s".formatted(settings.address(), reason(e)), e);
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private static SslContextFactory.Server tls(EndpointSettings settings) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(settings.keys());
    tls.setKeyStorePassword(new String(settings.keyPassword()));
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Clients reach us by addresses and names that are not in the certificate, and say so
    // themselves.
    tls.setSniRequired(false);
    return tls;
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEAD);
    http.setResponseHeaderSize(MAX_RESPONSE_HEAD);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setIdleTimeout(IDLE.toMillis());
    // Values are signed: a cached one that differs in case would not do.
    http.setHeaderCacheCaseSensitive(true);
    // Clients reach us by addresses and names that are not in the certificate; it is theirs to
    // mind.
    SecureRequestCustomizer anyName = new SecureRequestCustomizer(false);
    http.addCustomizer(anyName);
    // Signatures cover host and path as they were sent; nothing is resolved by them.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHttpCompliance(
        HttpCompliance.RFC9110.with("any host", HttpCompliance.Violation.UNSAFE_HOST_HEADER));
    return http;
  }
}
