package org.diskferry.app.store;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;
import org.diskferry.store.http.Resolver;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.CredentialsSource;
import org.diskferry.store.s3.Endpoint;
import org.diskferry.store.s3.Finding;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.s3.Limits;
import org.diskferry.store.s3.StoreReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store that the operator names: examined, and then used as far as it goes.
public final class ForeignStore {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignStore.class);
  private static final String NAME = "diskferry-check-";
  private static final int RANDOM_BYTES = 6;

  /// What stores say to a bucket in the path that want it in the host: 301 or 400, the object's
  /// 404, or 403.
  private static final Set<Trouble> MAY_BE_OF_ADDRESS =
      Set.of(Trouble.REFUSED, Trouble.NO_SUCH_BUCKET, Trouble.DENIED);

  private final StoreChoice.Elsewhere choice;
  private final CredentialsSource credentials;
  private final SSLContext trust;
  private final InstantSource clock;

  private ForeignStore(
      StoreChoice.Elsewhere choice,
      CredentialsSource credentials,
      SSLContext trust,
      InstantSource clock) {
    this.choice = choice;
    this.credentials = credentials;
    this.trust = trust;
    this.clock = clock;
  }

  /// With the credentials and authorities of the choice.
  ///
  /// @throws IOException if they cannot be had
  public static ForeignStore of(StoreChoice.Elsewhere choice, InstantSource clock)
      throws IOException, GeneralSecurityException {
    SSLContext trust =
        choice.authorities() == null
            ? SSLContext.getDefault()
            : StoreTrust.of(choice.authorities());
    return new ForeignStore(choice, CredentialsChain.ofProcess().find(choice, clock), trust, clock);
  }

  /// What an examination came to.
  ///
  /// @param style where buckets are to stand
  public record Examined(AddressStyle style, StoreReport report) {}

  /// Tries the store out, in the bucket that the operator named or in one that is made and dropped.
  public Examined examine() throws StoreException {
    List<AddressStyle> candidates = choice.style().candidates();
    try {
      return examine(candidates.getFirst());
    } catch (StoreException e) {
      if (candidates.size() == 1 || !MAY_BE_OF_ADDRESS.contains(e.trouble())) {
        throw e;
      }
      try {
        return examine(candidates.getLast());
      } catch (StoreException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }

  private Examined examine(AddressStyle style) throws StoreException {
    String unique = unique();
    BucketName given = choice.scratch();
    BucketName bucket = given == null ? new BucketName(NAME + unique) : given;
    try (HttpStore asking = client(style, StoreCapabilities.COMMON, Limits.EXAMINING)) {
      if (given == null) {
        asking.createBucket(bucket, "");
      }
      try {
        StoreReport report = asking.examine(bucket, NAME + unique + "/", clock);
        List<Finding> findings = new ArrayList<>(report.findings());
        findings.add(address(bucket, AddressStyle.PATH));
        findings.add(address(bucket, AddressStyle.VIRTUAL_HOST));
        return new Examined(style, new StoreReport(report.capabilities(), findings));
      } finally {
        if (given == null) {
          drop(asking, bucket);
        }
      }
    }
  }

  private static String unique() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private Finding address(BucketName bucket, AddressStyle style) {
    String name = style == AddressStyle.PATH ? "path" : "virtual host";
    try (HttpStore asking = client(style, StoreCapabilities.COMMON, Limits.EXAMINING)) {
      asking.region(bucket);
      return new Finding("address", name, Finding.Grade.GOOD, "works", "");
    } catch (StoreException e) {
      String found = "does not: " + (e.code().isEmpty() ? e.trouble().name() : e.code());
      return new Finding("address", name, Finding.Grade.NOTE, found, "");
    }
  }

  /// What a store cannot even delete stays behind, with its bucket.
  private static void drop(HttpStore store, BucketName bucket) {
    try {
      for (StoredObject object : store.list(bucket, "", "").objects()) {
        store.delete(bucket, object.key());
      }
      store.deleteBucket(bucket);
    } catch (StoreException e) {
      LOG.warn("bucket {} stays behind: {}", bucket, e.getMessage());
    }
  }

  /// A client that makes use of what the store can do.
  public HttpStore open(AddressStyle style, StoreCapabilities capabilities) {
    return client(style, capabilities, Limits.USUAL);
  }

  /// A client for a bucket that is there, of which nothing is known: nothing is tried out but where
  /// the bucket stands in addresses.
  public HttpStore open(BucketName bucket) throws StoreException {
    List<AddressStyle> candidates = choice.style().candidates();
    for (AddressStyle style : candidates.subList(0, candidates.size() - 1)) {
      HttpStore store = open(style, StoreCapabilities.COMMON);
      try {
        store.list(bucket, "", "");
        return store;
      } catch (StoreException e) {
        store.close();
        if (!MAY_BE_OF_ADDRESS.contains(e.trouble())) {
          throw e;
        }
      }
    }
    return open(candidates.getLast(), StoreCapabilities.COMMON);
  }

  private HttpStore client(AddressStyle style, StoreCapabilities capabilities, Limits limits) {
    return HttpStore.of(
        Endpoint.of(choice.address(), style, choice.region()),
        credentials,
        capabilities,
        limits,
        trust,
        Resolver.ofSystem(),
        clock,
        new SecureRandom());
  }
}
