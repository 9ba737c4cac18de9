package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.testing.FaultyStore;
import org.diskferry.store.testing.MemoryStore;
import org.diskferry.store.testing.Operation;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final BucketName BUCKET = new BucketName("bucket");

  private final FaultyStore store =
      new FaultyStore(MemoryStore.likeS3().withBucket(BUCKET, "us-east-1"));

  private void put(String key) throws Exception {
    store.put(
        BUCKET, new ObjectKey(key), Headers.ofType("x/y"), Body.of(new byte[1]), Checksum.NONE);
  }

  private static String others(int i) {
    return "other%05d".formatted(i);
  }

  @Test
  void everyKeyIsFoundAndEveryMissingOneIsNot() throws Exception {
    TreeSet<ObjectKey> asked = new TreeSet<>();
    for (int i = 0; i < 3500; i++) {
      asked.add(new ObjectKey(others(i)));
      if (i % 3 != 0) {
        put(others(i));
      }
    }
    asked.add(new ObjectKey("a"));
    asked.add(new ObjectKey("z"));
    Listing listing = new Listing(store, BUCKET, "");
    for (ObjectKey key : asked) {
      boolean there =
          key.value().startsWith("other") && Integer.parseInt(key.value().substring(5)) % 3 != 0;
      assertThat(listing.find(key).isPresent()).as(key.value()).isEqualTo(there);
    }
    assertThat(store.count(Operation.LIST)).isEqualTo(3);
    assertThat(store.count(Operation.HEAD)).isZero();
  }

  @Test
  void thousandsOfOtherObjectsBetweenTwoKeysAreJumpedOver() throws Exception {
    put("a");
    put("z");
    for (int i = 0; i < 9000; i++) {
      put(others(i));
    }
    Listing listing = new Listing(store, BUCKET, "");
    assertThat(listing.find(new ObjectKey("a"))).isPresent();
    assertThat(listing.find(new ObjectKey("z"))).isPresent();
    assertThat(store.count(Operation.LIST)).isLessThanOrEqualTo(3);
    assertThat(store.count(Operation.HEAD)).isEqualTo(1);
  }
}
