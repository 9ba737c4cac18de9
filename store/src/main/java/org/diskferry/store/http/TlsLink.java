package org.diskferry.store.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// Bytes under TLS, by the platform's engine. Several records are sealed before they are written,
/// so that a system call carries many.
final class TlsLink implements Link {
  /// Four records and their frames, 64 KiB: sixteen were measured to cost the same.
  private static final int RECORDS_A_WRITE = 4;

  /// Likewise for what is read.
  private static final int RECORDS_A_READ = 4;

  private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

  /// The longest handshake has a dozen flights; a peer that wants more is playing for time.
  private static final int MOST_HANDSHAKE_STEPS = 1000;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer sealedIn;
  private final ByteBuffer sealedOut;
  private final ByteBuffer opened;
  private final int packet;
  private boolean ended;

  private TlsLink(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    this.packet = engine.getSession().getPacketBufferSize();
    this.sealedIn = ByteBuffer.allocate(RECORDS_A_READ * packet).limit(0);
    this.sealedOut = ByteBuffer.allocate(RECORDS_A_WRITE * packet);
    this.opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
  }

  /// Shakes hands; the engine must be set up as a client that checks the host's name.
  static TlsLink over(SocketChannel channel, SSLEngine engine) throws IOException {
    TlsLink link = new TlsLink(channel, engine);
    engine.beginHandshake();
    link.shakeHands();
    return link;
  }

  private void shakeHands() throws IOException {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    for (int step = 0; step < MOST_HANDSHAKE_STEPS; step++) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> {
          sealedOut.clear();
          checkOpen(engine.wrap(nothing, sealedOut));
          Channels.writeAll(channel, sealedOut.flip());
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrapAside() && !fetch()) {
            throw new EOFException("the connection ended during the TLS handshake");
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
    throw new ProtocolException("the TLS handshake does not end");
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private static void checkOpen(SSLEngineResult result) throws SSLException {
    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
      throw new SSLException("the TLS connection is closed");
    }
  }

  /// Opens one record into [#opened], which must be empty; false if there is no whole record.
  private boolean unwrapAside() throws IOException {
    opened.clear();
    try {
      return unwrapOnce(opened);
    } finally {
      opened.flip();
    }
  }

  private boolean unwrapOnce(ByteBuffer into) throws IOException {
    SSLEngineResult result = engine.unwrap(sealedIn, into);
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> {
        return false;
      }
      case CLOSED -> ended = true;
      case BUFFER_OVERFLOW -> throw new SSLException("a TLS record is larger than its limit");
      case OK -> {
        // What was opened, or a message of the protocol's own, needs nothing more here.
      }
    }
    return true;
  }

  /// Reads sealed bytes, waiting for them; false at the end.
  private boolean fetch() throws IOException {
    sealedIn.compact();
    try {
      return channel.read(sealedIn) >= 0;
    } finally {
      sealedIn.flip();
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int before = target.position();
    while (!opened.hasRemaining()) {
      if (ended || (!step(target) && !fetch())) {
        return -1;
      }
      if (target.position() > before) {
        return target.position() - before;
      }
    }
    int count = Math.min(opened.remaining(), target.remaining());
    target.put(opened.slice().limit(count));
    opened.position(opened.position() + count);
    return count;
  }

  /// Opens one record, where there is room for any into `target` and else aside, and follows what
  /// the protocol then asks for (a key update, say).
  private boolean step(ByteBuffer target) throws IOException {
    int before = target.position();
    boolean whole = target.remaining() >= opened.capacity() ? unwrapOnce(target) : unwrapAside();
    if (!whole) {
      return false;
    }
    HandshakeStatus status = engine.getHandshakeStatus();
    if (!ended
        && !opened.hasRemaining()
        && target.position() == before
        && status != HandshakeStatus.NOT_HANDSHAKING
        && status != HandshakeStatus.FINISHED) {
      shakeHands();
    }
    return true;
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      sealedOut.clear();
      while (source.hasRemaining() && sealedOut.remaining() >= packet) {
        SSLEngineResult result = engine.wrap(source, sealedOut);
        checkOpen(result);
        if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
          throw new SSLException("the other side wants another handshake in the middle of a body");
        }
      }
      Channels.writeAll(channel, sealedOut.flip());
    }
  }

  @Override
  public boolean hasInput() throws IOException {
    while (!opened.hasRemaining() && !ended) {
      if (!step(NO_ROOM) && (Channels.available(channel) <= 0 || !fetch())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean awaitInput(Duration longest) throws IOException {
    long end = System.nanoTime() + longest.toNanos();
    while (!hasInput()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      sealedIn.compact();
      try {
        int before = sealedIn.position();
        // A timeout of no milliseconds would mean to wait for ever.
        Duration wait = Duration.ofNanos(left).plusMillis(1);
        if (Channels.await(channel, sealedIn, wait) && sealedIn.position() == before) {
          ended = true;
        }
      } finally {
        sealedIn.flip();
      }
    }
    return true;
  }

  @Override
  public void close() {
    // No close-notify: every answer has a length of its own, and a write could block.
    Channels.closeQuietly(channel);
  }
}
