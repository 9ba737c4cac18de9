package org.diskferry.store.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate that signs itself, made by the JDK's own tool.
public final class TestCertificate {
  private static final String PASSWORD = "changeit";

  private TestCertificate() {}

  /// A context that serves with such a certificate for these hosts, and trusts it and nothing else.
  public static SSLContext of(Path directory, String... hosts)
      throws IOException, GeneralSecurityException, InterruptedException {
    return context(keyStore(directory, hosts));
  }

  /// Such a certificate in PEM, for servers that are not written in Java: `server.pem`, which is
  /// answered, and `server.key` beside it.
  public static Path pem(Path directory, String... hosts)
      throws IOException, GeneralSecurityException, InterruptedException {
    KeyStore store = keyStore(directory, hosts);
    Path file = directory.resolve("server.pem");
    Files.writeString(file, block("CERTIFICATE", store.getCertificate("test").getEncoded()));
    byte[] key = store.getKey("test", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(directory.resolve("server.key"), block("PRIVATE KEY", key));
    return file;
  }

  private static String block(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }

  private static KeyStore keyStore(Path directory, String... hosts)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = directory.resolve("certificate.p12");
    Files.deleteIfExists(file);
    String names = Arrays.stream(hosts).map(host -> "dns:" + host).collect(Collectors.joining(","));
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=test",
            "-ext",
            "san=" + names,
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static SSLContext context(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read from nowhere", e);
    }
    trusted.setCertificateEntry("test", store.getCertificate("test"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }
}
