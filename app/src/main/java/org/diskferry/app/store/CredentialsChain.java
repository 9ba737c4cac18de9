package org.diskferry.app.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.diskferry.store.s3.CredentialsSource;

/// Finds the store's credentials where other clients of S3 find theirs: the file that the operator
/// names, and nothing else; without one the environment, the shared file in the user's folder, what
/// the container is given. Web identities, single sign-on and instances' metadata are not asked.
final class CredentialsChain {
  private static final String ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  private static final String TOKEN = "AWS_SESSION_TOKEN";
  private static final String FILE = "AWS_SHARED_CREDENTIALS_FILE";

  private final Map<String, String> environment;
  private final Path userFolder;

  CredentialsChain(Map<String, String> environment, Path userFolder) {
    this.environment = environment;
    this.userFolder = userFolder;
  }

  static CredentialsChain ofProcess() {
    return new CredentialsChain(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /// What to sign with; fetched once already, so that a mistake shows at start.
  ///
  /// @throws IOException if there is none, and where it was looked for
  CredentialsSource find(StoreChoice.Elsewhere store, InstantSource clock) throws IOException {
    FetchedCredentials source = new FetchedCredentials(place(store), clock);
    source.current();
    return source;
  }

  private Fetch place(StoreChoice.Elsewhere store) throws IOException {
    Path named = store.credentials();
    if (named != null) {
      return new SharedCredentials(named, store.profile());
    }
    if (!environment.getOrDefault(ID, "").isEmpty()
        && !environment.getOrDefault(SECRET, "").isEmpty()) {
      return this::ofEnvironment;
    }
    Path file = sharedFile();
    SharedCredentials shared = new SharedCredentials(file, store.profile());
    if (Files.exists(file) && shared.section().isPresent()) {
      return shared;
    }
    return ContainerCredentials.of(environment)
        .orElseThrow(() ->
            new IOException(
                "no credentials for %s: neither --store-credentials, nor %s and %s, nor section [%s] in %s, nor a container's"
                    .formatted(store.address(), ID, SECRET, store.profile(), file)));
  }

  private Fetch.Fetched ofEnvironment() throws IOException {
    return Fetch.Fetched.of(
        environment.getOrDefault(ID, ""),
        environment.getOrDefault(SECRET, ""),
        environment.getOrDefault(TOKEN, ""),
        Instant.MAX,
        ID);
  }

  private Path sharedFile() {
    String named = environment.getOrDefault(FILE, "");
    return named.isEmpty() ? userFolder.resolve(".aws/credentials") : Path.of(named);
  }
}
