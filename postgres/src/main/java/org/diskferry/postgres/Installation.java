package org.diskferry.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.postgres.PostgresException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The programs of a PostgreSQL server, somewhere on this machine.
///
/// @param home directory that holds `bin`, `lib` and `share`
/// @param major major version, which decides whose data they can read
public record Installation(Path home, int major) {
  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
  private static final Pattern VERSION = Pattern.compile("(\\d{2,3})\\.\\d+(\\.\\d+)?");

  /// The programs that ride with this release, unpacked below `directory` if they are not there
  /// yet.
  public static Installation bundled(Path directory) throws PostgresException {
    String version = bundledVersion();
    Path home = directory.toAbsolutePath().resolve("postgresql-" + version);
    if (!Files.isDirectory(home)) {
      try {
        Unpacker.unpack(Bundle.forThisMachine(), home);
      } catch (IOException e) {
        throw new PostgresException(
            Kind.FAILED, "cannot unpack PostgreSQL " + version + " into " + home + ": " + e, e);
      }
    }
    return new Installation(home, major(version));
  }

  /// Removes what earlier releases unpacked beside this one, and what was never finished.
  void dropOlder() {
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(home.resolveSibling("."), "{postgresql-*,.unpacking-*}")) {
      for (Path sibling : siblings) {
        if (!home.endsWith(sibling.getFileName())) {
          Tree.delete(sibling);
        }
      }
    } catch (IOException e) {
      // It costs room and nothing else.
      LOG.warn("cannot remove what older releases left beside {}: {}", home, e.toString());
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static int major(String version) {
    Matcher form = VERSION.matcher(version);
    if (!form.matches()) {
      throw new IllegalStateException("not a version of PostgreSQL: " + version);
    }
    return Integer.parseInt(form.group(1));
  }

  private static String bundledVersion() {
    Properties bundle = new Properties();
    try (InputStream in = Installation.class.getResourceAsStream("bundle.properties")) {
      bundle.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("bundle.properties is not in the jar", e);
    }
    return bundle.getProperty("version", "");
  }
}
