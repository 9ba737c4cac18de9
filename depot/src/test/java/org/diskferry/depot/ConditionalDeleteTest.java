package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionalDeleteTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    owner.put("bucket", "", "");
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  private static Reply delete(String key, String... headers) throws Exception {
    return owner.send("DELETE", S3Client.path("bucket", key), "", NOTHING, headers);
  }

  private static Reply deleteMany(S3Client client, String objects) throws Exception {
    byte[] document = ("<Delete>" + objects + "</Delete>").getBytes(StandardCharsets.UTF_8);
    return client.send("POST", "/bucket", "delete=", document);
  }

  @Test
  void anObjectIsDeletedOnlyWhileItIsTheOneThatWasMeant() throws Exception {
    String first = owner.put("bucket", "changing", "1").header("etag");
    owner.put("bucket", "changing", "2");
    Reply stale = delete("changing", "If-Match: " + first);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.element("Code")).isEqualTo("PreconditionFailed");
    assertThat(owner.get("bucket", "changing").text()).isEqualTo("2");
    String second = owner.head("bucket", "changing").header("etag");
    assertThat(delete("changing", "If-Match: " + second).status()).isEqualTo(204);
    assertThat(owner.head("bucket", "changing").status()).isEqualTo(404);
  }

  @Test
  void anETagWithoutQuotationMarksWillDo() throws Exception {
    String etag = owner.put("bucket", "bare", "1").header("etag").replace("\"", "");
    assertThat(delete("bare", "If-Match: " + etag).status()).isEqualTo(204);
  }

  @Test
  void anyObjectMeansThatThereMustBeOne() throws Exception {
    owner.put("bucket", "any", "1");
    assertThat(delete("any", "If-Match: *").status()).isEqualTo(204);
    assertThat(delete("any", "If-Match: *").status()).isEqualTo(412);
    assertThat(delete("any").status()).isEqualTo(204);
  }

  @Test
  void anETagOfNothingIsNotFound() throws Exception {
    Reply gone = delete("never", "If-Match: \"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.element("Code")).isEqualTo("NoSuchKey");
  }

  @Test
  void ofManyThatDeleteOneObjectOneSucceeds() throws Exception {
    String etag = owner.put("bucket", "contended", "1").header("etag");
    List<Future<Reply>> replies = new ArrayList<>();
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        replies.add(all.submit(() -> delete("contended", "If-Match: " + etag)));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Reply> reply : replies) {
      statuses.add(reply.resultNow().status());
    }
    assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 404);
  }

  @Test
  void ofAListEachHasItsOwnCondition() throws Exception {
    String good = owner.put("bucket", "many/good", "1").header("etag");
    owner.put("bucket", "many/stale", "2");
    owner.put("bucket", "many/free", "3");
    owner.put("bucket", "many/any", "4");
    Reply reply =
        deleteMany(
            owner,
            object("many/good", "<ETag>" + good.replace("\"", "&quot;") + "</ETag>")
                + object("many/stale", "<ETag>no</ETag>")
                + object("many/free", "")
                + object("many/any", "<ETag>*</ETag>")
                + object("many/none", "<ETag>no</ETag>")
                + object("many/nothing", "<ETag>*</ETag>"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.elements("Key"))
        .containsExactly(
            "many/good", "many/stale", "many/free", "many/any", "many/none", "many/nothing");
    assertThat(reply.elements("Code"))
        .containsExactly("PreconditionFailed", "NoSuchKey", "PreconditionFailed");
    Reply left = owner.send("GET", "/bucket", "prefix=many%2F", NOTHING);
    assertThat(left.elements("Key")).containsExactly("many/stale");
  }

  @Test
  void otherConditionsAreRefusedAndNothingIsDeleted() throws Exception {
    owner.put("bucket", "kept", "1");
    assertThat(delete("kept", "x-amz-if-match-size: 1").status()).isEqualTo(501);
    Reply many = deleteMany(owner, object("kept", "<Size>1</Size>"));
    assertThat(many.element("Code")).isEqualTo("NotImplemented");
    assertThat(owner.head("bucket", "kept").status()).isEqualTo(200);
  }

  @Test
  void whoMayNotReadMayNotAskForAnETag() throws Exception {
    String etag = owner.put("bucket", "secret", "1").header("etag");
    S3Client sweeper = depot.client(TestDepot.SWEEPER);
    String path = S3Client.path("bucket", "secret");
    assertThat(sweeper.send("DELETE", path, "", NOTHING, "If-Match: " + etag).status())
        .isEqualTo(403);
    assertThat(deleteMany(sweeper, object("secret", "<ETag>x</ETag>")).element("Code"))
        .isEqualTo("AccessDenied");
    assertThat(sweeper.send("DELETE", path, "", NOTHING, "If-Match: *").status()).isEqualTo(204);
  }

  private static String object(String key, String condition) {
    return "<Object><Key>" + key + "</Key>" + condition + "</Object>";
  }
}
