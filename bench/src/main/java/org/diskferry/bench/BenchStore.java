package org.diskferry.bench;

import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.Properties;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.diskferry.access.Credentials;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.http.Resolver;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.CredentialsSource;
import org.diskferry.store.s3.Endpoint;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.s3.Limits;

/// The client of a store for benchmarks that run as processes.
public final class BenchStore {
  private BenchStore() {}

  /// Of the store at `address`, with the user in `keys` and its certificate in PEM.
  public static ObjectStore open(URI address, Path keys, Path certificate) throws Exception {
    Properties user = new Properties();
    try (Reader reader = Files.newBufferedReader(keys)) {
      user.load(reader);
    }
    return HttpStore.of(
        Endpoint.of(address, AddressStyle.PATH, "us-east-1"),
        CredentialsSource.of(
            Credentials.of(user.getProperty("accessKeyId"), user.getProperty("secretKey"))),
        StoreCapabilities.S3,
        Limits.USUAL,
        trusting(certificate),
        Resolver.ofSystem(),
        InstantSource.system(),
        new Random());
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "depot", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
