package org.diskferry.store.s3;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diskferry.store.BucketName;
import org.diskferry.store.http.Origin;

/// What was learned about where buckets are. Only hosts that the endpoint covers are ever learned:
/// an answer must not make us sign for somebody else.
final class Places {
  /// More buckets than a site has; past it all are learned again.
  private static final int MOST = 10_000;

  private final Endpoint endpoint;
  private final Map<BucketName, Place> learned = new ConcurrentHashMap<>();

  Places(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  Place of(BucketName bucket) {
    Place known = learned.get(bucket);
    return known == null ? endpoint.placeOf(bucket) : known;
  }

  /// The bucket is in this region; false if that is not news.
  boolean learnRegion(BucketName bucket, String region) {
    Place known = of(bucket);
    if (region.isEmpty() || region.equals(known.region())) {
      return false;
    }
    learn(bucket, known.in(region));
    return true;
  }

  /// The place at another host, if requests may be signed for it. Not remembered: such moves are
  /// for one request, unless [#learn] is told.
  Optional<Place> at(BucketName bucket, String host) {
    if (!endpoint.covers(host)) {
      return Optional.empty();
    }
    Place known = of(bucket);
    Origin origin = known.origin().at(host);
    return Optional.of(new Place(origin, host.startsWith(bucket + "."), known.region()));
  }

  void learn(BucketName bucket, Place place) {
    if (learned.size() >= MOST) {
      learned.clear();
    }
    learned.put(bucket, place);
  }
}
