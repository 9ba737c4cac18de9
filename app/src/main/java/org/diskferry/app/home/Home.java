package org.diskferry.app.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/// The rooms of the home folder. Everything but the database is the owner's alone.
///
/// @param path of the folder itself
public record Home(Path path) {
  private static final String NAME = "diskferry";
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  // The database server runs as a user of its own and must be able to reach its folder.
  private static final Set<PosixFilePermission> PASSABLE =
      PosixFilePermissions.fromString("rwx--x--x");

  /// Where the home is when nobody says otherwise: `/var/lib/diskferry` for root, else the user's
  /// data directory (XDG Base Directory Specification).
  public static Home standard(String user, Map<String, String> environment) {
    if (user.equals("root")) {
      return new Home(Path.of("/var/lib", NAME));
    }
    String data = environment.get("XDG_DATA_HOME");
    if (data != null && !data.isEmpty()) {
      return new Home(Path.of(data, NAME));
    }
    return new Home(Path.of(System.getProperty("user.home"), ".local/share", NAME));
  }

  /// Makes the folders that do not exist yet.
  public Home prepared() throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PASSABLE);
    for (Path room : new Path[] {dock(), depot(), station(), keys()}) {
      Files.createDirectories(room, PRIVATE_FOLDER);
    }
    return this;
  }

  /// Where images are dropped and links to disks are put.
  public Path dock() {
    return path.resolve("dock");
  }

  /// The depot's blobs.
  public Path depot() {
    return path.resolve("depot");
  }

  /// The station's catalogues and journals.
  public Path station() {
    return path.resolve("station");
  }

  /// Keys, certificates, passwords.
  public Path keys() {
    return path.resolve("keys");
  }

  /// The database server of our own.
  public Path postgres() {
    return path.resolve("postgres");
  }

  /// What makes clients of the old service talk to this one.
  public Path clientEnvironment() {
    return path.resolve("client.env");
  }

  /// What the store could do when the service started, where it is not the depot.
  public Path storeReport() {
    return path.resolve("store-report.json");
  }

  /// Where the operator's verbs reach the running service.
  public Path operatorSocket() {
    return path.resolve("operator.sock");
  }
}
