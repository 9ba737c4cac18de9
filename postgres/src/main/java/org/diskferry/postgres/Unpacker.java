package org.diskferry.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks a `.tar.xz` beside its destination and renames it there in one step, so that the
/// destination is either complete and on the medium or absent. No entry, and no link, can point
/// outside.
final class Unpacker {
  /// The archive has some 1,100 entries.
  private static final int MAX_ENTRIES = 20_000;

  /// Unpacked it has 60 MB.
  private static final long MAX_BYTES = 1L << 30;

  /// Its dictionary takes 8 MiB; xz's highest preset would take 65.
  private static final int MAX_MEMORY_KIB = 128 << 10;

  private static final int BUFFER = 1 << 16;

  private final Path root;
  private final byte[] buffer = new byte[BUFFER];
  private long bytes;
  private int entries;

  private Unpacker(Path root) {
    this.root = root;
  }

  static void unpack(InputStream archive, Path destination) throws IOException {
    Path parent = destination.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("no place to unpack to: " + destination);
    }
    Files.createDirectories(parent);
    Path work = Files.createTempDirectory(parent, ".unpacking-");
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(archive, MAX_MEMORY_KIB))) {
      new Unpacker(work).entries(tar);
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(work, destination, StandardCopyOption.ATOMIC_MOVE);
      Sync.directory(parent);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      // Somebody else was faster; theirs is as complete as ours.
      Tree.delete(work);
    } catch (AtomicMoveNotSupportedException e) {
      Tree.delete(work);
      throw e;
    } catch (IOException e) {
      Tree.delete(work);
      if (!Files.isDirectory(destination)) {
        throw e;
      }
    }
  }

  private void entries(TarArchiveInputStream tar) throws IOException {
    TarArchiveEntry entry;
    while ((entry = tar.getNextEntry()) != null) {
      if (++entries > MAX_ENTRIES) {
        throw new IOException("the archive has more than " + MAX_ENTRIES + " entries");
      }
      Path path = inside(root, entry.getName());
      if (entry.isDirectory()) {
        directory(path);
      } else if (entry.isSymbolicLink()) {
        link(path, entry.getLinkName());
      } else if (entry.isFile() && !entry.isLink()) {
        file(tar, path, (entry.getMode() & 0100) != 0);
      } else {
        throw new IOException("the archive has an entry of an unknown kind: " + entry.getName());
      }
    }
    if (entries == 0) {
      throw new IOException("the archive is empty");
    }
  }

  private void directory(Path path) throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void link(Path path, String target) throws IOException {
    parent(path);
    Path parent = path.getParent();
    inside(parent == null ? root : parent, target);
    Files.createSymbolicLink(path, Path.of(target));
  }

  private void file(InputStream in, Path path, boolean executable) throws IOException {
    parent(path);
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int count;
      while ((count = in.read(buffer)) >= 0) {
        bytes += count;
        if (bytes > MAX_BYTES) {
          throw new IOException("the archive has more than " + MAX_BYTES + " bytes");
        }
        Sync.write(out, buffer, count);
      }
      out.force(true);
    }
    String mode = executable ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private void parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      directory(parent);
    }
  }

  /// `name` resolved against `base`; it must stay below the root on paper, and no part of the way
  /// may be a link that was unpacked before.
  private Path inside(Path base, String name) throws IOException {
    Path path = base.resolve(name).normalize();
    if (!path.startsWith(root) || name.indexOf('\0') >= 0) {
      throw new IOException("the archive has an entry that leads outside: " + name);
    }
    for (Path way = path.getParent();
        way != null && way.startsWith(root) && !way.equals(root);
        way = way.getParent()) {
      if (Files.isSymbolicLink(way)) {
        throw new IOException("the archive has an entry behind a link: " + name);
      }
    }
    return path;
  }
}
