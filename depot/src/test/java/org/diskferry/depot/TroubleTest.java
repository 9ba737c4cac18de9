package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.depot.blob.Scrub;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients are told when the disk or the line fails.
class TroubleTest {
  @TempDir Path directory;
  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aFullDiskIsAnsweredAsSuchBeforeTheBodyIsRead() throws Exception {
    try (TestDepot depot = TestDepot.start(database.login(), directory, 0, Long.MAX_VALUE / 2)) {
      S3Client client = depot.client(TestDepot.OWNER);
      client.put("bucket", "", "");
      Reply reply = client.put("bucket", "key", "x");
      assertThat(reply.status()).isEqualTo(507);
      assertThat(reply.element("Code")).isEqualTo("InsufficientStorage");
      assertThat(client.get("bucket", "key").status()).isEqualTo(404);
    }
  }

  @Test
  void aFlippedByteNeverReachesAClient() throws Exception {
    try (TestDepot depot = TestDepot.start(database, directory)) {
      S3Client client = depot.client(TestDepot.OWNER);
      client.put("bucket", "", "");
      client.put("bucket", "begin", new byte[1_500_000]);
      flip(only(directory.resolve("loose")), 100);
      Reply early = client.get("bucket", "begin");
      assertThat(early.status()).isEqualTo(500);
      assertThat(early.text()).contains("damaged");
      client.delete("bucket", "begin");
      depot.depot().scrub(damage -> {});
      Files.delete(only(directory.resolve("loose")));
      client.put("bucket", "end", new byte[1_500_000]);
      flip(only(directory.resolve("loose")), 1_499_999);
      assertThatThrownBy(() -> client.get("bucket", "end")).isInstanceOf(IOException.class);
      assertThat(client.get("bucket", "end", "Range: bytes=0-9").status()).isEqualTo(206);
      List<Scrub.Damage> damage = new ArrayList<>();
      assertThat(depot.depot().scrub(damage::add).damaged()).isEqualTo(1);
      assertThat(damage.getFirst().owners()).containsExactly("bucket/end");
    }
  }

  @Test
  void aBodyThatBreaksOffLeavesNothing() throws Exception {
    try (TestDepot depot = TestDepot.start(database, directory)) {
      S3Client client = depot.client(TestDepot.OWNER);
      client.put("bucket", "", "");
      breakOff(depot, 3_000_000, 2_000_000);
      breakOff(depot, 30_000, 20_000);
      assertThat(client.get("bucket", "broken").status()).isEqualTo(404);
      try (Stream<Path> files = Files.walk(directory.resolve("loose"))) {
        assertThat(files.filter(Files::isRegularFile)).isEmpty();
      }
      assertThat(directory.resolve("incoming")).isEmptyDirectory();
    }
  }

  @Test
  void aClientThatWaitsToBeToldToGoOnIsToldSoOrRefused() throws Exception {
    try (TestDepot depot = TestDepot.start(database, directory)) {
      S3Client owner = depot.client(TestDepot.OWNER);
      owner.put("bucket", "", "");
      assertThat(expect(depot, owner, "bucket")).startsWith("HTTP/1.1 100");
      assertThat(expect(depot, owner, "no-such-bucket")).startsWith("HTTP/1.1 404");
    }
  }

  private static String expect(TestDepot depot, S3Client client, String bucket) throws Exception {
    try (Socket socket = send(depot, client, bucket, 10, "Expect: 100-continue")) {
      byte[] first = socket.getInputStream().readNBytes(12);
      return new String(first, StandardCharsets.US_ASCII);
    }
  }

  private static void breakOff(TestDepot depot, int said, int sent) throws Exception {
    S3Client client = depot.client(TestDepot.OWNER);
    try (Socket socket = send(depot, client, "bucket", said)) {
      socket.getOutputStream().write(new byte[sent]);
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).doesNotContain("HTTP/1.1 200");
    }
  }

  private static Socket send(
      TestDepot depot, S3Client client, String bucket, int length, String... headers)
      throws Exception {
    URI endpoint = depot.depot().endpoint();
    String path = "/" + bucket + "/broken";
    RequestHead head = client.unsigned("PUT", path, "", headers);
    List<Header> all = new ArrayList<>(head.headers());
    all.addAll(client.sign(head, PayloadHash.UNSIGNED).headers());
    StringBuilder text = new StringBuilder("PUT " + path + " HTTP/1.1\r\n");
    all.forEach(header -> text.append(header.name() + ": " + header.value() + "\r\n"));
    text.append("Content-Length: " + length + "\r\n\r\n");
    Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
    socket.setSoTimeout(30_000);
    OutputStream out = socket.getOutputStream();
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static Path only(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      List<Path> found = files.filter(Files::isRegularFile).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      bytes.write(1);
    }
  }
}
