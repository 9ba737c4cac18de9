package org.diskferry.store.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends ObjectStoreContract {
  private final BucketName bucket = new BucketName("shelf");
  private final MemoryStore store = MemoryStore.likeS3().withBucket(bucket, "eu-west-1");

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected BucketName bucket() {
    return bucket;
  }

  @Override
  protected String region() {
    return "eu-west-1";
  }

  @Override
  protected StoreCapabilities capabilities() {
    return StoreCapabilities.S3;
  }

  @Test
  void aDamagedByteLooksWellFromOutside() throws Exception {
    ObjectKey key = new ObjectKey("rotten");
    store.put(bucket, key, Headers.ofType("a/b"), Body.of(new byte[] {1, 2, 3}), Checksum.NONE);
    var before = store.head(bucket, key);
    store.damage(bucket, key, 1);
    assertThat(store.head(bucket, key)).isEqualTo(before);
    assertThat(store.content(bucket, key)).containsExactly(1, 2 ^ 0xFF, 3);
  }
}
