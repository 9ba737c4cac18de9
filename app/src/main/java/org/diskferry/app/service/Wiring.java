package org.diskferry.app.service;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.diskferry.app.home.Certificate;
import org.diskferry.app.home.ClientEnvironment;
import org.diskferry.app.home.Home;
import org.diskferry.app.operator.OperatorEndpoint;
import org.diskferry.app.operator.Verb;
import org.diskferry.app.store.StoreChoice;
import org.diskferry.depot.Depot;
import org.diskferry.depot.DepotConfig;
import org.diskferry.depot.s3.Transport;
import org.diskferry.job.manifest.ManifestReader;
import org.diskferry.job.manifest.Regions;
import org.diskferry.media.crypt.WarmUp;
import org.diskferry.postgres.PostgresException;
import org.diskferry.server.dispatch.Deadlines;
import org.diskferry.server.dispatch.DockDesk;
import org.diskferry.server.dispatch.JobDispatch;
import org.diskferry.server.dispatch.LiveProgress;
import org.diskferry.server.dispatch.LockCodes;
import org.diskferry.server.dispatch.SitePolicy;
import org.diskferry.server.http.Endpoint;
import org.diskferry.server.http.EndpointSettings;
import org.diskferry.server.query.BucketDirectory;
import org.diskferry.server.query.QueryApi;
import org.diskferry.server.query.Site;
import org.diskferry.server.registry.DeadlineClock;
import org.diskferry.server.registry.Registry;
import org.diskferry.server.registry.RegistryException;
import org.diskferry.server.registry.SiteKey;
import org.diskferry.station.dock.Dock;
import org.diskferry.station.fill.FillSettings;
import org.diskferry.station.fill.ObjectExporter;
import org.diskferry.station.load.FileLoader;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.http.Resolver;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.CredentialsSource;
import org.diskferry.store.s3.HttpStore;

/// Puts the parts together, in the order in which they need each other: database ▸ registry ▸ depot
/// ▸ query API ▸ dispatch ▸ store ▸ station. Every part is built by its constructor, here and
/// nowhere else.
final class Wiring {
  private static final String HOST = "localhost";
  private static final String EVERYWHERE = "0.0.0.0";
  private static final String STATION = "station-1";

  /// Guide, "Guidelines and Limitations".
  private static final int JOBS_A_DAY = 50;

  /// Requests of people and stations come one by one; the store's lanes all at once.
  private static final int REGISTRY_CONNECTIONS = 8;

  private static final int DEPOT_CONNECTIONS = 24;

  private final ServiceSettings settings;
  private final InstantSource clock;
  private final Closer closer;
  private final StationParts station;
  private final Home home;
  private final Regions regions = Regions.ofGuide();

  Wiring(ServiceSettings settings, InstantSource clock, Closer closer, StationParts station) {
    this.settings = settings;
    this.clock = clock;
    this.closer = closer;
    this.station = station;
    this.home = settings.home();
  }

  RunningService start()
      throws IOException, PostgresException, RegistryException, GeneralSecurityException {
    WarmUp.start();
    Database database = closer.add(Database.open(settings));
    DataSource pool = closer.add(database.pool("registry", REGISTRY_CONNECTIONS));
    Registry registry = registry(pool);
    LocalUser service = user("service", registry);
    LocalUser customer = user("customer", registry);
    PublicAddresses outside = settings.outside();
    Certificate certificate =
        Certificate.of(home, Certificate.hostsOfThisMachine(), outside.hosts(), clock.instant());
    Shelf shelf =
        switch (settings.store()) {
          case StoreChoice.Embedded _ ->
              embedded(database, registry, service, customer, certificate);
          case StoreChoice.Elsewhere elsewhere ->
              ForeignShelf.open(elsewhere, home, certificate.pem(), clock, closer);
        };
    LiveProgress progress = new LiveProgress();
    DockDesk desk = new DockDesk(registry.jobs(), progress);
    LockCodes codes = new LockCodes(registry.jobs(), regions);
    Deadlines deadlines = new Deadlines(registry.jobs(), SitePolicy.ofGuide(), clock);
    closer.add(DeadlineClock.start(pool, clock, deadlines::pass));
    Dock dock = closer.add(dock(registry, progress, shelf.store()));
    Map<String, Verb> verbs = new HashMap<>(new DockVerbs(dock, desk, codes).all());
    verbs.putAll(shelf.verbs());
    closer.add(OperatorEndpoint.listen(home.operatorSocket(), verbs));
    Endpoint endpoint = closer.add(query(registry, shelf.buckets(), certificate));
    URI jobs = URI.create("https://" + HOST + ":" + endpoint.port());
    new ClientEnvironment(
            customer.credentials(),
            regions.home().region(),
            trusted(shelf),
            requireNonNullElse(outside.jobs(), jobs),
            requireNonNullElse(outside.objects(), shelf.address()))
        .write(home.clientEnvironment());
    return new RunningService(closer, new RunningService.Parts(home, jobs, shelf, dock));
  }

  private Path trusted(Shelf shelf) throws IOException {
    Path authorities = settings.outside().authorities();
    return authorities == null
        ? shelf.trusted()
        : TrustBundle.write(home.keys().resolve("clients.pem"), shelf.trusted(), authorities);
  }

  private Shelf embedded(
      Database database,
      Registry registry,
      LocalUser service,
      LocalUser customer,
      Certificate certificate)
      throws IOException, GeneralSecurityException {
    Depot depot = closer.add(depot(database, registry, service, certificate));
    URI address = URI.create("https://" + HOST + ":" + depot.endpoint().getPort());
    return new Shelf(
        address,
        closer.add(store(station.route().apply(address), service, certificate)),
        new DepotBuckets(depot),
        (bucket, region) -> create(depot, customer, bucket, region),
        certificate.pem(),
        closer.add(new ScrubVerbs(depot)).all(),
        true);
  }

  private static void create(Depot depot, LocalUser customer, BucketName bucket, String region)
      throws IOException {
    if (!depot.createBucket(customer.account(), bucket.value(), region)) {
      throw new IOException("bucket " + bucket + " is somebody else's");
    }
  }

  private Registry registry(DataSource pool) throws IOException, RegistryException {
    return Registry.open(
        pool, SiteKey.readOrCreate(home.keys().resolve("site.key")), clock, JOBS_A_DAY);
  }

  private LocalUser user(String name, Registry registry) throws IOException, RegistryException {
    return LocalUser.readOrCreate(home.keys().resolve(name + ".user"), name, registry.members());
  }

  private Depot depot(
      Database database, Registry registry, LocalUser service, Certificate certificate)
      throws IOException, GeneralSecurityException {
    String password = password();
    return Depot.start(
        DepotConfig.of(
            home.depot(),
            new InetSocketAddress(EVERYWHERE, settings.depotPort()),
            new Transport.Tls(certificate.keyStore(password), password.toCharArray()),
            hosts(),
            service.account()),
        closer.add(database.pool("depot", DEPOT_CONNECTIONS)),
        registry.keyRing(),
        clock);
  }

  /// Below each of these a bucket may stand in the host.
  private List<String> hosts() {
    List<String> hosts = new ArrayList<>(Certificate.hostsOfThisMachine());
    URI objects = settings.outside().objects();
    if (objects != null) {
      hosts.add(objects.getHost());
    }
    return hosts;
  }

  private HttpStore store(URI address, LocalUser service, Certificate certificate)
      throws IOException, GeneralSecurityException {
    return HttpStore.of(
        org.diskferry.store.s3.Endpoint.of(address, AddressStyle.PATH, regions.home().region()),
        CredentialsSource.of(service.credentials()),
        StoreCapabilities.S3,
        station.patience(),
        certificate.trusted(),
        Resolver.ofSystem(),
        clock,
        new SecureRandom());
  }

  private Dock dock(Registry registry, LiveProgress progress, ObjectStore store)
      throws IOException {
    JobDispatch dispatch =
        new JobDispatch(
            registry.jobs(),
            regions,
            registry.siteKey("tombstones", "HmacSHA256"),
            SitePolicy.ofGuide(),
            progress,
            clock);
    ObjectStore seen = station.store().apply(store);
    FillSettings filling = settings.quick() ? station.filling().quickly() : station.filling();
    return Dock.open(
        STATION,
        dispatch,
        FileLoader.of(seen, station.loading(), clock),
        ObjectExporter.of(seen, filling, clock),
        home.dock(),
        home.station(),
        station.opening(),
        clock);
  }

  private Endpoint query(Registry registry, BucketDirectory buckets, Certificate certificate)
      throws IOException, GeneralSecurityException {
    String password = password();
    Site site =
        new Site(
            registry.keyRing(),
            registry.jobs(),
            new ManifestReader(regions),
            buckets,
            clock,
            new SecureRandom());
    return Endpoint.start(
        new EndpointSettings(
            new InetSocketAddress(EVERYWHERE, settings.port()),
            certificate.keyStore(password),
            password.toCharArray()),
        new QueryApi(site));
  }

  // Protects keys that are in this process' memory only; the file beside them is the owner's alone.
  private static String password() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
