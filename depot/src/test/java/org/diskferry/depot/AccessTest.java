package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;
  private static S3Client other;
  private static S3Client reader;
  private static S3Client service;
  private static S3Client anonymous;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    other = depot.client(TestDepot.OTHER);
    reader = depot.client(TestDepot.READER);
    service = depot.client(TestDepot.SERVICE);
    anonymous = S3Client.anonymous(depot.depot().endpoint());
    owner.put("mine", "", "");
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  /// Who may read an object that its owner stored with a canned ACL.
  @ParameterizedTest
  @CsvSource({
    "private, 403, 403",
    "public-read, 200, 200",
    "public-read-write, 200, 200",
    "authenticated-read, 200, 403",
    "bucket-owner-read, 403, 403",
    "bucket-owner-full-control, 403, 403",
  })
  void aCannedAclDecidesWhoReads(String acl, int signed, int unsigned) throws Exception {
    assertThat(owner.put("mine", "acl-" + acl, "x", "x-amz-acl: " + acl).status()).isEqualTo(200);
    assertThat(owner.get("mine", "acl-" + acl).status()).isEqualTo(200);
    assertThat(other.get("mine", "acl-" + acl).status()).isEqualTo(signed);
    assertThat(anonymous.get("mine", "acl-" + acl).status()).isEqualTo(unsigned);
    assertThat(anonymous.put("mine", "acl-" + acl, "y").status()).isEqualTo(403);
    assertThat(owner.put("mine", "acl-" + acl, "z").status()).isEqualTo(200);
    assertThat(anonymous.get("mine", "acl-" + acl).status()).isEqualTo(403);
  }

  /// What a stranger stores in an open bucket is the stranger's, unless it is shared with the
  /// bucket's owner.
  @ParameterizedTest
  @CsvSource({
    "private, 403, 403",
    "bucket-owner-read, 200, 403",
    "bucket-owner-full-control, 200, 200"
  })
  void theBucketsOwnerSeesWhatIsShared(String acl, int read, int readAcl) throws Exception {
    owner.put("open-" + acl, "", "", "x-amz-acl: public-read-write");
    assertThat(other.put("open-" + acl, "theirs", "x", "x-amz-acl: " + acl).status())
        .isEqualTo(200);
    assertThat(owner.get("open-" + acl, "theirs").status()).isEqualTo(read);
    assertThat(owner.send("GET", "/open-" + acl + "/theirs", "acl=", NOTHING).status())
        .isEqualTo(readAcl);
    assertThat(other.get("open-" + acl, "theirs").status()).isEqualTo(200);
    assertThat(owner.delete("open-" + acl, "theirs").status()).isEqualTo(204);
  }

  @Test
  void aBucketsAclDecidesWhoListsAndStores() throws Exception {
    owner.put("wide", "", "", "x-amz-acl: public-read-write");
    assertThat(anonymous.put("wide", "a", "x").status()).isEqualTo(200);
    assertThat(anonymous.get("wide", "").elements("Key")).containsExactly("a");
    assertThat(anonymous.get("wide", "missing").status()).isEqualTo(404);
    assertThat(anonymous.send("PUT", "/wide", "acl=", NOTHING, "x-amz-acl: private").status())
        .isEqualTo(403);
    owner.send("PUT", "/wide", "acl=", NOTHING, "x-amz-acl: private");
    assertThat(anonymous.put("wide", "b", "x").status()).isEqualTo(403);
    assertThat(anonymous.get("wide", "").status()).isEqualTo(403);
    assertThat(anonymous.get("wide", "missing").status()).isEqualTo(403);
    assertThat(owner.send("GET", "/wide", "acl=", NOTHING).elements("Permission"))
        .containsExactly("FULL_CONTROL");
  }

  @Test
  void grantsAreReadBackAndReplaced() throws Exception {
    owner.put("mine", "granted", "x", "x-amz-acl: public-read");
    Reply acl = owner.send("GET", "/mine/granted", "acl=", NOTHING);
    assertThat(acl.elements("Permission")).containsExactly("FULL_CONTROL", "READ");
    assertThat(acl.element("URI")).isEqualTo("http://acs.amazonaws.com/groups/global/AllUsers");
    String document =
        acl.text().replace("<Permission>READ</Permission>", "<Permission>READ_ACP</Permission>");
    Reply set =
        owner.send("PUT", "/mine/granted", "acl=", document.getBytes(StandardCharsets.UTF_8));
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(anonymous.get("mine", "granted").status()).isEqualTo(403);
    assertThat(anonymous.send("GET", "/mine/granted", "acl=", NOTHING).status()).isEqualTo(200);
    owner.send("PUT", "/mine/granted", "acl=", NOTHING, "x-amz-grant-read: id=\"222222222222\"");
    assertThat(other.get("mine", "granted").status()).isEqualTo(200);
    assertThat(anonymous.get("mine", "granted").status()).isEqualTo(403);
    assertThat(owner.put("mine", "granted", "x", "x-amz-acl: nonsense").status()).isEqualTo(400);
  }

  @Test
  void aPolicyLimitsAUserOfTheSameAccount() throws Exception {
    owner.put("mine", "policy", "x");
    assertThat(reader.get("mine", "policy").status()).isEqualTo(200);
    assertThat(reader.put("mine", "policy", "y").status()).isEqualTo(403);
    assertThat(reader.delete("mine", "policy").status()).isEqualTo(403);
    assertThat(reader.put("theirs", "", "").status()).isEqualTo(403);
    String document = "<Delete><Object><Key>policy</Key></Object></Delete>";
    Reply many = reader.send("POST", "/mine", "delete=", document.getBytes(StandardCharsets.UTF_8));
    assertThat(many.element("Code")).isEqualTo("AccessDenied");
    assertThat(owner.get("mine", "policy").text()).isEqualTo("x");
  }

  @Test
  void whatTheServiceStoresIsTheBucketOwners() throws Exception {
    assertThat(service.put("mine", "loaded", "x").status()).isEqualTo(200);
    assertThat(owner.get("mine", "loaded").text()).isEqualTo("x");
    assertThat(owner.send("GET", "/mine/loaded", "acl=", NOTHING).element("ID"))
        .isEqualTo(TestDepot.OWNER_ACCOUNT.value());
  }

  @Test
  void thoseWhoCheckJobsAreToldWhoMayWriteAndList() {
    Depot open = depot.depot();
    assertThat(open.mayWrite(TestDepot.principal(TestDepot.OWNER), "mine")).isTrue();
    assertThat(open.mayWrite(TestDepot.principal(TestDepot.READER), "mine")).isFalse();
    assertThat(open.mayWrite(TestDepot.principal(TestDepot.OTHER), "mine")).isFalse();
    assertThat(open.mayWrite(TestDepot.principal(TestDepot.OWNER), "none")).isFalse();
    assertThat(open.mayList(TestDepot.principal(TestDepot.READER), "mine")).isTrue();
    assertThat(open.mayList(TestDepot.principal(TestDepot.OTHER), "mine")).isFalse();
    assertThat(open.createBucket(TestDepot.OWNER_ACCOUNT, "made", "eu-west-1")).isTrue();
    assertThat(open.createBucket(TestDepot.OWNER_ACCOUNT, "made", "eu-west-1")).isTrue();
    assertThat(open.createBucket(TestDepot.OTHER_ACCOUNT, "made", "eu-west-1")).isFalse();
    assertThat(open.bucketRegion("made")).contains("eu-west-1");
    assertThat(open.bucketRegion("none")).isEmpty();
    assertThat(open.bucketRegion("Not a bucket")).isEmpty();
  }

  @Test
  void wrongKeysAndSignaturesAreToldApart() throws Exception {
    S3Client stranger = depot.client(Credentials.of("STRANGER", "secret"));
    assertThat(stranger.get("mine", "x").element("Code")).isEqualTo("InvalidAccessKeyId");
    S3Client forger = depot.client(Credentials.of("OWNERKEY", "guess"));
    assertThat(forger.get("mine", "x").element("Code")).isEqualTo("SignatureDoesNotMatch");
    RequestHead other = anonymous.unsigned("GET", "/mine/x", "", "Authorization: Basic b3duZXI=");
    assertThat(anonymous.exchange(other, NOTHING).element("Code")).isEqualTo("InvalidRequest");
  }

  @Test
  void aPresignedAddressServesForAWhile() throws Exception {
    owner.put("mine", "a b/ü", "presigned");
    String path = S3Client.path("mine", "a b/ü");
    V4Signer signer = new V4Signer(TestDepot.OWNER, "us-east-1", "s3");
    RequestHead head = anonymous.unsigned("GET", path, "");
    String query = signer.presign(head, Duration.ofMinutes(5), Instant.now());
    assertThat(anonymous.send("GET", path, query, NOTHING).text()).isEqualTo("presigned");
    assertThat(anonymous.send("GET", "/mine/other", query, NOTHING).element("Code"))
        .isEqualTo("SignatureDoesNotMatch");
    String stale =
        signer.presign(head, Duration.ofMinutes(5), Instant.now().minus(Duration.ofHours(1)));
    assertThat(anonymous.send("GET", path, stale, NOTHING).status()).isEqualTo(403);
  }
}
