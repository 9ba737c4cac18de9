package org.diskferry.media.fs.ntfs;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;

/// Judges the names of a file by the directories that they are in.
final class Names {
  private final Directories directories;

  Names(Directories directories) {
    this.directories = directories;
  }

  /// What became of a file's names.
  ///
  /// @param links names that lead from a live directory
  /// @param hidden whether the file is the file system's own
  /// @param damages one for each name that leads from nowhere, and for a file without any
  record Found(List<FileNameAttribute> links, boolean hidden, List<String> damages) {
    /// Whether anyone can know the file: a customer by a name, or the file system itself.
    boolean isListed() {
      return hidden || !links.isEmpty();
    }
  }

  Found of(FileRecord file) throws MediaException {
    if (file.isDirectory()) {
      directories.learn(file);
    }
    List<FileNameAttribute> links = new ArrayList<>();
    List<String> damages = new ArrayList<>();
    boolean hidden = false;
    List<FileNameAttribute> names;
    try {
      names = file.names();
    } catch (MediaException e) {
      return new Found(List.of(), false, List.of(e.localReason()));
    }
    for (FileNameAttribute name : names) {
      Directories.Standing standing = directories.standing(name.parent());
      switch (standing) {
        case ROOTED -> links.add(name);
        case HIDDEN -> hidden = true;
        case NONE, LINK, ADRIFT, REUSED -> damages.add(damage(file, name, standing));
      }
    }
    if (names.isEmpty()) {
      damages.add("MFT record " + file.number() + ": a file without a name");
    }
    return new Found(links, hidden && links.isEmpty(), damages);
  }

  private static String damage(
      FileRecord file, FileNameAttribute name, Directories.Standing standing) {
    String why =
        switch (standing) {
          case NONE -> "is not there";
          case LINK -> "is a link";
          case REUSED -> "has been used anew";
          case ADRIFT, ROOTED, HIDDEN -> "does not lead up to the root";
        };
    return "MFT record %d: its name '%s' is in directory %d, which %s"
        .formatted(file.number(), name.units(), name.parent().record(), why);
  }
}
