package org.diskferry.bench.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for `localhost`, made by the JDK's keytool in a directory of its own.
final class SelfSigned {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int PEM_LINE = 64;

  private final Path store;
  private final Path pem;

  SelfSigned(Path directory) {
    this.store = directory.resolve("sink.p12");
    this.pem = directory.resolve("sink.pem");
  }

  /// The certificate as others read it.
  Path pem() {
    return pem;
  }

  void make() throws IOException, InterruptedException, GeneralSecurityException {
    if (!Files.exists(store)) {
      Process keytool =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                      "-genkeypair",
                      "-alias",
                      "sink",
                      "-keyalg",
                      "EC",
                      "-dname",
                      "CN=localhost",
                      "-ext",
                      "san=dns:localhost,ip:127.0.0.1",
                      "-storetype",
                      "PKCS12",
                      "-storepass",
                      new String(PASSWORD),
                      "-keystore",
                      store.toString()))
              .inheritIO()
              .start();
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed");
      }
    }
    try (Writer out = Files.newBufferedWriter(pem)) {
      byte[] encoded = load().getCertificate("sink").getEncoded();
      out.write("-----BEGIN CERTIFICATE-----\n");
      out.write(Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(encoded));
      out.write("\n-----END CERTIFICATE-----\n");
    }
  }

  /// The certificate alone, as what is believed; read from PEM, since opening a PKCS12 file costs a
  /// client more than its whole handshake.
  KeyStore trusted() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      trusted.setCertificateEntry("sink", certificate);
    }
    return trusted;
  }

  /// Trusts the certificate.
  SSLContext trusting() throws IOException, GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /// Serves with the certificate.
  SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore keys = load();
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
