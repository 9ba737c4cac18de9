package org.diskferry.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.diskferry.server.http.EndpointSettings;

/// A certificate for `localhost` that signs itself, made by the JDK's keytool.
public final class TestTls {
  private static final String PASSWORD = "of no use elsewhere";
  private static final String ALIAS = "test";

  private final KeyStore keys;
  private final Path bundle;

  private TestTls(KeyStore keys, Path bundle) {
    this.keys = keys;
    this.bundle = bundle;
  }

  /// Makes one, with its file of trusted certificates in `directory`.
  public static TestTls in(Path directory) throws IOException, GeneralSecurityException {
    Path store = directory.resolve("keys.p12");
    keytool(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Path bundle = directory.resolve("cert.pem");
    Files.writeString(bundle, pem(keys.getCertificate(ALIAS).getEncoded()));
    return new TestTls(keys, bundle);
  }

  /// Where an endpoint listens: any free port of the loopback.
  public EndpointSettings settings() {
    return new EndpointSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys, PASSWORD.toCharArray());
  }

  /// The certificate as a file that clients can be told to trust.
  public Path bundle() {
    return bundle;
  }

  /// Trusts this certificate alone.
  public SSLContext trusting() throws GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void keytool(Path store) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "bc:critical=ca:true",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    }
  }

  private static String pem(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
