package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.diskferry.access.signing.Percent;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
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
    owner.put("tree", "", "");
    for (String key :
        List.of("a.txt", "dir/1", "dir/2", "dir/sub/3", "dir0", "photos/2026/x", "z", "é")) {
      owner.put("tree", key, key);
    }
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @Test
  void everythingIsListedInOrderOfBytes() throws Exception {
    Reply reply = list("");
    assertThat(reply.elements("Key"))
        .containsExactly("a.txt", "dir/1", "dir/2", "dir/sub/3", "dir0", "photos/2026/x", "z", "é");
    assertThat(reply.element("IsTruncated")).isEqualTo("false");
    assertThat(reply.element("KeyCount")).isEqualTo("8");
    assertThat(reply.element("Size")).isEqualTo("5");
    assertThat(reply.elements("Owner")).isEmpty();
    assertThat(list("&fetch-owner=true").element("ID")).isEqualTo("111111111111");
  }

  @Test
  void aDelimiterSumsUp() throws Exception {
    Reply top = list("&delimiter=%2F");
    assertThat(top.elements("Key")).containsExactly("a.txt", "dir0", "z", "é");
    assertThat(top.elements("Prefix")).containsExactly("", "dir/", "photos/");
    Reply below = list("&delimiter=%2F&prefix=dir%2F");
    assertThat(below.elements("Key")).containsExactly("dir/1", "dir/2");
    assertThat(below.elements("Prefix")).containsExactly("dir/", "dir/sub/");
    Reply other = list("&delimiter=r0");
    assertThat(other.elements("Prefix")).containsExactly("", "dir0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void pagesOfAnySizeHoldTheSame(int size) throws Exception {
    assertThat(pagesV2("&max-keys=" + size)).hasSize(8);
    assertThat(pagesV2("&delimiter=%2F&max-keys=" + size))
        .containsExactlyInAnyOrder("a.txt", "dir/", "dir0", "photos/", "z", "é");
    assertThat(pagesV1("&max-keys=" + size)).hasSize(8);
    assertThat(pagesV1("&delimiter=%2F&max-keys=" + size))
        .containsExactlyInAnyOrder("a.txt", "dir/", "dir0", "photos/", "z", "é");
  }

  @Test
  void aListingBeginsBehindAText() throws Exception {
    assertThat(list("&start-after=dir%2F2").elements("Key"))
        .containsExactly("dir/sub/3", "dir0", "photos/2026/x", "z", "é");
    assertThat(list("&start-after=dir%2F&prefix=dir%2F").elements("Key"))
        .containsExactly("dir/1", "dir/2", "dir/sub/3");
    assertThat(list("&max-keys=0").element("IsTruncated")).isEqualTo("false");
    assertThat(list("&continuation-token=nonsense").element("Code")).isEqualTo("InvalidArgument");
    assertThat(list("&max-keys=-1").element("Code")).isEqualTo("InvalidArgument");
  }

  @Test
  void keysAreEncodedWhereThatIsAskedFor() throws Exception {
    owner.put("tree", "odd/\u0001 +%", "x");
    Reply reply = list("&encoding-type=url&prefix=odd%2F");
    assertThat(reply.element("Key")).isEqualTo("odd/%01%20%2B%25");
    assertThat(reply.element("EncodingType")).isEqualTo("url");
    assertThat(list("&prefix=odd%2F").element("Key")).isEqualTo("odd/&#x1; +%");
    owner.delete("tree", "odd/\u0001 +%");
  }

  /// Any text of up to 1,024 bytes, among it everything that paths, queries and XML make special.
  @Test
  void anyKeyIsStoredListedReadAndDeleted() throws Exception {
    owner.put("keys", "", "");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeSet<String> keys =
        new TreeSet<>((a, b) ->
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    keys.addAll(
        List.of(
            "a",
            "a/",
            "a//b",
            "/a",
            "//",
            "a/./b",
            "a/../b",
            "..",
            ".",
            "%2F",
            "%",
            "%zz",
            "a\\b",
            "\n",
            "\r\n",
            " ",
            " x ",
            "\t",
            "\u0001",
            "\u007f",
            "?",
            "a?b=c&d",
            "#",
            ";",
            "a;b/c",
            "+",
            "&",
            "<>\"'&amp;",
            "ä",
            "\ud83d\ude00",
            "\uffff",
            "\ufffe",
            "\u2028",
            "\u0085",
            "k".repeat(1024),
            "\ud83d\ude00".repeat(256),
            "uploads",
            "http://x/y"));
    while (keys.size() < 120) {
      keys.add(text(random));
    }
    for (String key : keys) {
      assertThat(owner.put("keys", key, key).status()).as("seed %d: %s", seed, key).isEqualTo(200);
    }
    for (String key : keys) {
      assertThat(owner.get("keys", key).text()).as("seed %d", seed).isEqualTo(key);
    }
    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      Reply page =
          owner.send("GET", "/keys", "list-type=2&encoding-type=url&max-keys=7" + token, NOTHING);
      page.elements("Key").forEach(key -> listed.add(Percent.decode(key).orElseThrow()));
      token = "&continuation-token=" + page.element("NextContinuationToken");
    } while (!token.endsWith("="));
    assertThat(listed).as("seed %d", seed).containsExactlyElementsOf(keys);
    for (String key : keys) {
      assertThat(owner.delete("keys", key).status()).isEqualTo(204);
    }
    assertThat(owner.delete("keys", "").status()).isEqualTo(204);
  }

  @Test
  void aKeyOfMoreThan1024BytesIsRefused() throws Exception {
    assertThat(owner.put("tree", "k".repeat(1025), "x").element("Code"))
        .isEqualTo("KeyTooLongError");
    Reply broken = owner.send("PUT", "/tree/%ff%fe", "", NOTHING);
    assertThat(broken.element("Code")).isEqualTo("InvalidURI");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(60);
    while (text.length() < length) {
      int c = random.nextInt(8) == 0 ? random.nextInt(0x11_0000) : 1 + random.nextInt(0x17f);
      if (Character.isValidCodePoint(c) && (c < 0xd800 || c > 0xdfff)) {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }

  private static Reply list(String query) throws Exception {
    return owner.send("GET", "/tree", "list-type=2" + query, NOTHING);
  }

  private static List<String> pagesV2(String query) throws Exception {
    List<String> names = new ArrayList<>();
    String token = "";
    Reply page;
    do {
      page = list(query + token);
      names.addAll(names(page));
      token = "&continuation-token=" + page.element("NextContinuationToken");
    } while (page.element("IsTruncated").equals("true"));
    return names;
  }

  private static List<String> pagesV1(String query) throws Exception {
    List<String> names = new ArrayList<>();
    String marker = "";
    Reply page;
    do {
      page = owner.send("GET", "/tree", "x=" + query + marker, NOTHING);
      names.addAll(names(page));
      marker = "&marker=" + Percent.encode(page.element("NextMarker"));
    } while (page.element("IsTruncated").equals("true"));
    return names;
  }

  private static List<String> names(Reply page) {
    List<String> names = new ArrayList<>(page.elements("Key"));
    page.elements("CommonPrefixes")
        .forEach(prefix -> names.add(prefix.replace("<Prefix>", "").replace("</Prefix>", "")));
    return names;
  }
}
