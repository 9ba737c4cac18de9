package org.diskferry.depot.s3;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The endpoint: HTTP/1.1, a virtual thread for each request.
public final class S3Server implements AutoCloseable {
  /// A key of 1,024 bytes has 3 KiB when it is escaped, a presigned query 2 KiB, metadata 2 KiB.
  private static final int LONGEST_HEAD = 32 * 1024;

  /// Read from a connection at a time; the largest buffer that Jetty keeps for the next.
  private static final int INPUT_BUFFER = 64 * 1024;

  /// A client that sends or takes nothing for so long is gone.
  private static final Duration IDLE = Duration.ofSeconds(60);

  /// Sockets and their buffers, 64 MiB at worst.
  private static final int MOST_CONNECTIONS = 1024;

  /// Selectors and acceptors; requests run on virtual threads.
  private static final int PLATFORM_THREADS = 32;

  private static final Duration STOP = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;
  private final boolean encrypted;

  private S3Server(Server server, ServerConnector connector, boolean encrypted) {
    this.server = server;
    this.connector = connector;
    this.encrypted = encrypted;
  }

  /// Begins to listen; port 0 takes any that is free.
  ///
  /// @param hosts names below which buckets may stand in the host
  public static S3Server start(
      S3Service service, InetSocketAddress listen, Transport transport, Collection<String> hosts)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("depot");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("depot-"));
    Server server = new Server(threads);
    ServerConnector connector = connector(server, transport);
    connector.setHost(listen.getAddress().getHostAddress());
    connector.setPort(listen.getPort());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, (Connector) connector));
    server.setHandler(new S3Handler(service, new HostNames(hosts), new SecureRandom()));
    server.setErrorHandler(new S3ErrorHandler());
    server.setStopTimeout(STOP.toMillis());
    S3Server started = new S3Server(server, connector, transport instanceof Transport.Tls);
    started.start();
    return started;
  }

  /// Where it listens.
  public URI endpoint() {
    String host = connector.getHost();
    return URI.create(
        "%s://%s:%d"
            .formatted(
                encrypted ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                connector.getLocalPort()));
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares no less
      throw new IOException("the depot's endpoint did not stop", e);
    }
  }

  private void start() throws IOException {
    try {
      server.start();
    } catch (Exception e) { // Jetty declares no less
      close();
      throw new IOException("the depot's endpoint did not start: " + e.getMessage(), e);
    }
  }

  private static ServerConnector connector(Server server, Transport transport) {
    HttpConfiguration http = configuration();
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    plain.setInputBufferSize(INPUT_BUFFER);
    return switch (transport) {
      case Transport.Plain _ -> new ServerConnector(server, plain);
      case Transport.Tls tls -> {
        // Clients reach the endpoint by names and addresses that no certificate could list.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(tls.keys());
        ssl.setKeyStorePassword(new String(tls.password()));
        ssl.setSniRequired(false);
        yield new ServerConnector(
            server, new SslConnectionFactory(ssl, plain.getProtocol()), plain);
      }
    };
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    // Keys are any text: `..`, `//`, `%2F`, backslashes and control characters mean themselves.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setRequestHeaderSize(LONGEST_HEAD);
    http.setMaxResponseHeaderSize(LONGEST_HEAD);
    // Otherwise a content type comes back in the spelling of the cache.
    http.setHeaderCacheCaseSensitive(true);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    return http;
  }
}
