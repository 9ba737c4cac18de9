package org.diskferry.media.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/// The kit of disks and manifests that other programs made, beside the checkout: `../shared/kit`
/// seen from the repository's root. A checkout without it passes, and says what it did not run.
public final class Kit {
  private Kit() {}

  /// `name` within the kit; aborts `test` by [NotRun] where there is no kit.
  public static Path file(Class<?> test, String name) {
    Path file = root().resolveSibling("shared").resolve("kit").resolve(name);
    NotRun.unless(Files.exists(file), test, "checks against the kit's " + name, "the test kit");
    return file;
  }

  /// The repository's root: the nearest directory upwards that holds the Maven wrapper.
  public static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("mvnw"))) {
      Path parent = at.getParent();
      if (parent == null) {
        throw new IllegalStateException("no mvnw above " + Path.of("").toAbsolutePath());
      }
      at = parent;
    }
    return at;
  }
}
