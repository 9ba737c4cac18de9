package org.diskferry.store.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// Opens connections. Under TLS the certificate must be trusted by the given context and carry the
/// host's name.
public final class Connector implements AutoCloseable {
  private final Resolver resolver;
  private final SSLContext trust;
  private final Duration longest;
  private final Watch watch = new Watch();
  private final Buffers buffers = new Buffers();

  /// @param longest how long a connection may take to open, TLS included
  public Connector(Resolver resolver, SSLContext trust, Duration longest) {
    this.resolver = resolver;
    this.trust = trust;
    this.longest = longest;
  }

  Connection open(Origin origin, long end) throws IOException {
    IOException failure = new IOException(origin + ": the host has no address");
    for (InetAddress address : resolver.addresses(origin.host())) {
      try {
        return open(origin, new InetSocketAddress(address, origin.port()), end);
      } catch (DeadlineException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private Connection open(Origin origin, InetSocketAddress address, long end) throws IOException {
    SocketChannel channel = SocketChannel.open();
    Guard guard = new Guard(channel);
    long own = System.nanoTime() + longest.toNanos();
    guard.arm(own - end < 0 ? own : end);
    watch.add(guard);
    try {
      channel.connect(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Link link = origin.tls() ? TlsLink.over(channel, engine(origin)) : new PlainLink(channel);
      return new Connection(origin, link, guard, buffers);
    } catch (IOException e) {
      Channels.closeQuietly(channel);
      if (guard.struck()) {
        throw new DeadlineException(
            origin + ": no connection within " + longest.toSeconds() + " s", e);
      }
      throw e;
    } catch (RuntimeException e) {
      Channels.closeQuietly(channel);
      throw e;
    }
  }

  private SSLEngine engine(Origin origin) {
    SSLEngine engine = trust.createSSLEngine(origin.host(), origin.port());
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    engine.setUseClientMode(true);
    return engine;
  }

  @Override
  public void close() {
    watch.close();
  }
}
