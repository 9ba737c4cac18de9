package org.diskferry.app.home;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--home`, which every verb of the operator has.
public final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "where everything is kept (/var/lib/diskferry as root, else below your data)")
  private @Nullable Path path;

  /// The home, whether it exists or not.
  public Home home() {
    return path == null
        ? Home.standard(System.getProperty("user.name"), System.getenv())
        : new Home(path.toAbsolutePath().normalize());
  }

  /// The home, made where it does not exist.
  public Home open() throws IOException {
    return home().prepared();
  }
}
