package org.diskferry.bench.whole;

import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.diskferry.access.Credentials;
import org.diskferry.bench.Onwards;
import org.diskferry.bench.Orders;
import org.diskferry.bench.Stopwatch;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.block.linux.Identity;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadResult;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.station.load.ProofResult;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.http.Resolver;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.CredentialsSource;
import org.diskferry.store.s3.Endpoint;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.s3.Limits;

/// The station's part of a job as a process: `LoadProcess URL BUCKET KEYS CERTIFICATE IMAGE FOLDER`
/// loads the image, reads it a second time, and proves the store twice: by its listing and sums,
/// and by reading every object back. A line for each.
final class LoadProcess {
  private LoadProcess() {}

  static void main(String... args) throws Exception {
    try (ObjectStore store = store(URI.create(args[0]), Path.of(args[2]), Path.of(args[3]));
        BlockDevice disk = Devices.openExclusively(Path.of(args[4]))) {
      RescuingDevice device = new RescuingDevice(disk, RescueLimits.DEFAULT, System::nanoTime);
      Identity identity = Devices.identify(Path.of(args[4]));
      LoadJob job =
          new LoadJob(
              Orders.into(args[1]),
              device,
              new DeviceIdentity(identity.fingerprint(), identity.description(), device.size()),
              DeviceStack.open(device, Bounds.GENEROUS).volumes(),
              java.util.List.of(),
              Path.of(args[5]));
      Stopwatch watch = new Stopwatch();
      LoadResult loaded = loader(store, false).load(job, new Onwards());
      if (!(loaded instanceof LoadResult.Done)) {
        throw new IllegalStateException(loaded.toString());
      }
      System.out.println(watch.lap("  ours: load and second pass"));
      prove(store, false, job);
      System.out.println(watch.lap("  ours: proof by listing and checksums"));
      prove(store, true, job);
      System.out.println(watch.lap("  ours: proof by reading back"));
      System.out.println("  ours: " + Stopwatch.memory());
    }
  }

  private static void prove(ObjectStore store, boolean readBack, LoadJob job) throws Exception {
    ProofResult proven = loader(store, readBack).prove(job, new Onwards());
    if (!(proven instanceof ProofResult.Proven)) {
      throw new IllegalStateException(proven.toString());
    }
  }

  private static FileLoader loader(ObjectStore store, boolean readBack) {
    LoadSettings usual = LoadSettings.DEFAULT;
    LoadSettings settings =
        new LoadSettings(
            usual.lanes(),
            usual.memoryBytes(),
            usual.bufferedBytes(),
            usual.singleBytes(),
            usual.partBytes(),
            Duration.ofMinutes(1),
            readBack);
    return FileLoader.of(store, settings, InstantSource.system());
  }

  private static ObjectStore store(URI address, Path keys, Path certificate) throws Exception {
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
