package org.diskferry.store.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.Percent;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.store.BucketName;

/// A real HTTP server on the loopback interface that speaks S3 in front of a store in memory,
/// checks signatures, and misbehaves as a plan wants it. For tests of clients; bodies are held in
/// memory.
public final class LoopbackS3 implements AutoCloseable {
  private final MemoryStore store;
  private final LoopbackActions actions;
  private final LoopbackDoor door;
  private final InstantSource clock;
  private final boolean tls;
  private final ServerSocket listener;
  private final Thread accepting;
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<HttpCall> calls = new ConcurrentLinkedQueue<>();
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile HttpFaultPlan plan = HttpFaultPlan.calm();
  private volatile boolean chunked;
  private volatile boolean givesLeave = true;
  private volatile Duration thinking = Duration.ZERO;

  private LoopbackS3(
      MemoryStore store,
      Credentials credentials,
      InstantSource clock,
      ServerSocketFactory sockets,
      boolean tls)
      throws IOException {
    this.store = store;
    this.actions = new LoopbackActions(store);
    this.door = new LoopbackDoor(credentials, clock, tls);
    this.clock = clock;
    this.tls = tls;
    this.accepting = Thread.ofVirtual().name("loopback-s3").unstarted(this::accept);
    this.listener = sockets.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  /// Listens on a port of the system's choice, without TLS.
  public static LoopbackS3 start(MemoryStore store, Credentials credentials, InstantSource clock)
      throws IOException {
    return started(
        new LoopbackS3(store, credentials, clock, ServerSocketFactory.getDefault(), false));
  }

  /// Listens with TLS, for which `sockets` has a certificate.
  public static LoopbackS3 startWithTls(
      MemoryStore store, Credentials credentials, InstantSource clock, ServerSocketFactory sockets)
      throws IOException {
    return started(new LoopbackS3(store, credentials, clock, sockets, true));
  }

  private static LoopbackS3 started(LoopbackS3 server) {
    server.accepting.start();
    return server;
  }

  /// The address of the server, under this host's name; below a name that was asked for, buckets
  /// stand in the host.
  public URI address(String host) {
    names.add(host);
    return URI.create((tls ? "https://" : "http://") + host + ":" + listener.getLocalPort());
  }

  /// From now on this plan holds.
  public void follow(HttpFaultPlan next) {
    plan = next;
  }

  /// Whether answers come in chunks, with extensions and trailers.
  public void answerInChunks(boolean wanted) {
    chunked = wanted;
  }

  /// Whether a client that asks for leave to send its body is given it.
  public void giveLeave(boolean wanted) {
    givesLeave = wanted;
  }

  /// How long it takes to do anything.
  public void think(Duration time) {
    thinking = time;
  }

  /// Every request so far, in order of arrival.
  public List<HttpCall> calls() {
    return List.copyOf(calls);
  }

  /// Forgets the requests so far, and counts from 1 again.
  public void forget() {
    calls.clear();
    arrived.set(0);
    mostRunning.set(0);
  }

  /// How many connections were ever made.
  public long connections() {
    return connections.get();
  }

  /// How many requests were under way at once, at most.
  public int mostAtOnce() {
    return mostRunning.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        if (listener.isClosed()) {
          socket.close();
          return;
        }
        long number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket, long connection) {
    try (socket) {
      LoopbackRequest requests = new LoopbackRequest(socket.getInputStream());
      boolean on = true;
      while (on) {
        Optional<RequestHead> head = requests.head();
        on = head.isPresent() && answer(socket, requests, head.get(), connection);
      }
    } catch (IOException e) {
      // The client has gone, as many tests want it to.
    } finally {
      open.remove(socket);
    }
  }

  /// Answers whether the connection stays open.
  private boolean answer(Socket socket, LoopbackRequest requests, RequestHead head, long connection)
      throws IOException {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      HttpCall call = new HttpCall(arrived.incrementAndGet(), connection, head);
      calls.add(call);
      return suffer(socket, requests, head, plan.fate(call));
    } finally {
      running.decrementAndGet();
    }
  }

  private boolean suffer(Socket socket, LoopbackRequest requests, RequestHead head, HttpFault fault)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    long length = head.header("Content-Length").map(Long::parseLong).orElse(0L);
    switch (fault) {
      case HttpFault.AnsweredEarly early -> {
        out.write(bytes(head, LoopbackReply.error(early.status(), early.code(), "")));
        out.flush();
        return false;
      }
      case HttpFault.ResetInBody reset -> {
        letOn(head, out);
        requests.body(Math.min(length, reset.bytes()));
        return reset(socket);
      }
      case HttpFault.Deaf _ -> {
        return hang();
      }
      case HttpFault.None _,
          HttpFault.Answered _,
          HttpFault.ResetInAnswer _,
          HttpFault.ClosedAfterwards _,
          HttpFault.Hanging _,
          HttpFault.FailedLate _,
          HttpFault.WithoutEtag _,
          HttpFault.Raw _ -> {
        letOn(head, out);
        return afterBody(socket, head, requests.body(length), fault);
      }
    }
  }

  private void letOn(RequestHead head, OutputStream out) throws IOException {
    if (givesLeave && head.header("Expect").isPresent()) {
      out.write("HTTP/1.1 100 go on\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private boolean afterBody(Socket socket, RequestHead head, byte[] body, HttpFault fault)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    return switch (fault) {
      case HttpFault.Hanging _ -> hang();
      case HttpFault.Raw raw -> {
        out.write(raw.answer().getBytes(StandardCharsets.ISO_8859_1));
        yield false;
      }
      case HttpFault.Answered answered -> {
        LoopbackReply reply = LoopbackReply.error(answered.status(), answered.code(), "");
        answered.headers().forEach(header -> reply.with(header.name(), header.value()));
        out.write(bytes(head, reply));
        yield true;
      }
      case HttpFault.FailedLate late -> {
        done(head, body);
        byte[] document = LoopbackReply.errorDocument(late.code(), "");
        out.write(bytes(head, new LoopbackReply(200, document)));
        yield true;
      }
      case HttpFault.ResetInAnswer reset -> {
        byte[] answer = bytes(head, done(head, body));
        out.write(answer, 0, (int) Math.min(answer.length, reset.bytes()));
        out.flush();
        // What was written must arrive before the reset overtakes it.
        pause(Duration.ofMillis(20));
        yield reset(socket);
      }
      case HttpFault.WithoutEtag _ -> {
        String document = new String(done(head, body).body(), StandardCharsets.UTF_8);
        out.write(
            bytes(
                head, LoopbackReply.xml(document.replaceAll("<ETag>.*</ETag>", "<ETag></ETag>"))));
        yield true;
      }
      case HttpFault.ClosedAfterwards _ -> {
        out.write(bytes(head, done(head, body)));
        yield false;
      }
      case HttpFault.None _,
          HttpFault.AnsweredEarly _,
          HttpFault.ResetInBody _,
          HttpFault.Deaf _ -> {
        out.write(bytes(head, done(head, body)));
        yield true;
      }
    };
  }

  private byte[] bytes(RequestHead head, LoopbackReply reply) {
    return reply.bytes(head.method().equals("HEAD"), chunked, clock.instant());
  }

  private LoopbackReply done(RequestHead head, byte[] body) {
    pause(thinking);
    String path = Percent.decode(head.path()).orElseThrow().substring(1);
    String host = head.header("Host").orElse("").replaceFirst(":\\d+$", "");
    boolean inHost = !names.contains(host) && names.contains(host.replaceFirst("^[^.]*\\.", ""));
    int slash = path.indexOf('/');
    BucketName bucket =
        new BucketName(inHost ? host.replaceFirst("\\..*", "") : path.substring(0, slash));
    String key = inHost ? path : path.substring(slash + 1);
    String region = store.regionOf(bucket).orElse("us-east-1");
    return door.refusal(head, body, region)
        .orElseGet(() -> actions.answer(bucket, key, head, body));
  }

  private static boolean reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    return false;
  }

  private boolean hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A header for [HttpFault#answered].
  public static Header header(String name, String value) {
    return new Header(name, value);
  }

  /// Stops listening and drops all connections.
  @Override
  public void close() throws IOException {
    end.countDown();
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
