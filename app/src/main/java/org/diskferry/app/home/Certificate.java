package org.diskferry.app.home;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate that the endpoints show: `cert.pem` and `key.pem` among the keys, made at the
/// first start and signed by itself, so that it is its own list of trusted certificates. It is made
/// anew before it ends, and when the service is given a name that it lacks. Whoever has a better
/// one puts it in their place: that is never touched.
public final class Certificate {
  /// Long enough that nobody is woken by it, short enough for clients that refuse longer ones.
  private static final Duration LIFE = Duration.ofDays(820);

  /// Made anew this long before the end: at the latest the start after that.
  private static final Duration RENEWAL = Duration.ofDays(60);

  private static final int SERIAL_BITS = 120;
  private static final String NAME = "CN=Diskferry";

  private final Path certificate;
  private final Path key;

  private Certificate(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
  }

  /// That of `home`.
  ///
  /// @param hosts names and addresses of the machine, which may change: no reason for another one
  /// @param given names that the operator gave: where ours lacks one, it is made anew
  public static Certificate of(Home home, List<String> hosts, List<String> given, Instant now)
      throws IOException, GeneralSecurityException {
    Certificate pair =
        new Certificate(home.keys().resolve("cert.pem"), home.keys().resolve("key.pem"));
    if (!Files.exists(pair.certificate) || !Files.exists(pair.key) || pair.isOver(given, now)) {
      List<String> all = new ArrayList<>(hosts);
      all.addAll(given);
      pair.make(all.stream().distinct().toList(), now);
    }
    return pair;
  }

  /// The names of this machine that a client may use.
  public static List<String> hostsOfThisMachine() {
    List<String> hosts = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
    try {
      String name = InetAddress.getLocalHost().getHostName();
      if (!hosts.contains(name) && name.matches("[A-Za-z0-9.-]+")) {
        hosts.add(name);
      }
    } catch (UnknownHostException e) {
      // A machine that does not know its own name is reached as localhost.
      return hosts;
    }
    return hosts;
  }

  /// The certificate in PEM: what clients are to trust.
  public Path pem() {
    return certificate;
  }

  /// Certificate and key for a TLS endpoint; `password` protects the key in memory.
  public KeyStore keyStore(String password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "diskferry", privateKey(), password.toCharArray(), new X509Certificate[] {read()});
    return store;
  }

  /// TLS that trusts this certificate and no other: how the service talks to itself.
  public SSLContext trusted() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("diskferry", read());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private boolean isOver(List<String> given, Instant now)
      throws IOException, GeneralSecurityException {
    X509Certificate present = read();
    boolean ours = present.getSubjectX500Principal().equals(new X500Principal(NAME));
    return ours
        && (present.getNotAfter().toInstant().minus(RENEWAL).isBefore(now)
            || !names(present).containsAll(given));
  }

  private static List<String> names(X509Certificate present) throws CertificateParsingException {
    Collection<List<?>> all = present.getSubjectAlternativeNames();
    return all == null ? List.of() : all.stream().map(each -> String.valueOf(each.get(1))).toList();
  }

  private X509Certificate read() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    String body =
        Files.readString(key, StandardCharsets.US_ASCII)
            .replaceAll("-----[A-Z ]+-----", "")
            .replaceAll("\\s", "");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
    return KeyFactory.getInstance(read().getPublicKey().getAlgorithm()).generatePrivate(spec);
  }

  private void make(List<String> hosts, Instant now) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    X509Certificate made = sign(pair, hosts, now);
    PrivateFile.write(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    PrivateFile.write(certificate, pem("CERTIFICATE", made.getEncoded()));
  }

  private static X509Certificate sign(KeyPair pair, List<String> hosts, Instant now)
      throws GeneralSecurityException, CertIOException {
    X500Name name = new X500Name(NAME);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(LIFE)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("the certificate could not be signed", e);
    }
  }

  /// With a name also all directly below it, where buckets stand. Clients take no star below a name
  /// of one word, so `localhost` has none.
  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .flatMap(host ->
                isAddress(host)
                    ? Stream.of(new GeneralName(GeneralName.iPAddress, host))
                    : Stream.of(host, "*." + host)
                        .filter(name -> name.equals(host) || host.contains("."))
                        .map(name -> new GeneralName(GeneralName.dNSName, name)))
            .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private static byte[] pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, body, what)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
