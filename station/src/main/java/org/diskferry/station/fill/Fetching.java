package org.diskferry.station.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.station.Digests;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Patience;
import org.diskferry.station.task.Steering;
import org.diskferry.station.task.Tally;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;

/// Brings objects from the store into their files, one after the other: what a lane does. One
/// thread at a time.
final class Fetching {
  /// Failures to read one object, each after the store's own retries, that are enough.
  private static final int ENOUGH = 3;

  private final ObjectStore store;
  private final VolumeWriter volume;
  private final Patience patience;
  private final Steering steering;
  private final Tally tally;
  private final InstantSource clock;
  private final int revision;
  private final ByteBuffer chunk;

  Fetching(
      ObjectStore store,
      VolumeWriter volume,
      Patience patience,
      Steering steering,
      Tally tally,
      InstantSource clock,
      int revision,
      int chunkBytes) {
    this.store = store;
    this.volume = volume;
    this.patience = patience;
    this.steering = steering;
    this.tally = tally;
    this.clock = clock;
    this.revision = revision;
    this.chunk = ByteBuffer.allocateDirect(chunkBytes);
  }

  /// Brings one. A file that is not wholly the object that was listed is withdrawn.
  ///
  /// @return [Fact.Written], not durable before the next checkpoint, or [Fact.Failed]
  /// @throws StoreException when the store as a whole fails
  Fact bring(Goods goods) throws StoreException, MkfsException, IOException {
    try {
      return copied(goods);
    } catch (StoreException e) {
      Fact.Failed row = Refusals.row(goods.wish(), revision, clock.instant(), e);
      if (row == null) {
        throw e;
      }
      volume.withdraw(goods.file());
      return row;
    }
  }

  private Fact copied(Goods goods) throws StoreException, MkfsException, IOException {
    Wish wish = goods.wish();
    MessageDigest md5 = Digests.md5();
    CRC32C crc = new CRC32C();
    Headers headers;
    long position = 0;
    do {
      if (steering.isAbandoned()) {
        throw new AbandonedException();
      }
      chunk.clear().limit((int) Math.min(chunk.capacity(), wish.size() - position));
      headers = read(wish, position);
      chunk.flip();
      int length = chunk.remaining();
      md5.update(chunk.duplicate());
      crc.update(chunk.duplicate());
      volume.write(goods.file(), position, chunk);
      position += length;
      tally.bytesDone(length);
    } while (position < wish.size());
    if (!wish.crc32c().isEmpty() && !wish.crc32c().equals(Checksum.base64(crc.getValue()))) {
      volume.withdraw(goods.file());
      return new Fact.Failed(
          wish.number(),
          revision,
          clock.instant(),
          Refusals.UNREADABLE,
          "ReadError",
          "the store sends other bytes than its own checksum says");
    }
    Optional<Instant> changed = FileTime.of(headers);
    if (changed.isPresent() && !changed.get().equals(wish.modified())) {
      volume.date(goods.file(), changed.get());
    }
    volume.finish(goods.file());
    tally.fileDone();
    return new Fact.Written(
        wish.number(),
        clock.instant(),
        HexFormat.of().formatHex(md5.digest()),
        headers.contentType(),
        wish.etag());
  }

  // An empty object has nothing to read, and must still be there.
  private Headers read(Wish wish, long position) throws StoreException, IOException {
    int end = chunk.limit();
    for (int failures = 1; ; failures++) {
      try {
        chunk.clear().limit(end);
        Headers headers = store.read(wish.bucket(), wish.key(), wish.etag(), position, chunk);
        patience.renew();
        return headers;
      } catch (StoreException e) {
        if (failures >= ENOUGH && e.trouble() == Trouble.UNAVAILABLE && answers(wish)) {
          throw new StoreException(Trouble.DAMAGED, e.code(), String.valueOf(e.getMessage()), e);
        }
        patience.bear(e, steering);
      }
    }
  }

  // A store that is well except for one object does not get well by waiting.
  private boolean answers(Wish wish) {
    try {
      store.region(wish.bucket());
      return true;
    } catch (StoreException e) {
      return false;
    }
  }
}
