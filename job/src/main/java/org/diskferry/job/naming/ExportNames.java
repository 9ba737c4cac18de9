package org.diskferry.job.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.job.manifest.DeviceFileSystem;

/// Gives every object of an export its place on the device, one after the other in the order of the
/// export: what was given is never given again, and nothing leaves the root. Guide, "Specifying the
/// Target Directory" and "Collecting Files That Have Naming Errors".
///
/// A key that makes a path is followed to the letter. Characters that the file system does not hold
/// are dropped where what is left is a name that nobody has. All else goes to the recovery
/// directory, `0000/0000` and on. One for an export; one thread at a time.
public final class ExportNames {
  private static final int OK = 200;
  private static final int MOVED = 301;
  private static final int FOLDER = 10_000;

  /// Guide: after 100 million files the recovery directory is full.
  private static final int MOST_RECOVERED = FOLDER * FOLDER;

  private final DeviceFileSystem rules;
  private final TakenNames taken;
  private final Substitutions substitutions;
  private final String recoveryDirectory;
  private int recovered;

  /// The names of one export.
  ///
  /// @param recoveryDirectory one name, that the file system holds
  /// @param substitutions from what to what, over target directory and key
  public ExportNames(
      DeviceFileSystem fileSystem, String recoveryDirectory, Map<String, String> substitutions) {
    this.rules = fileSystem;
    // No object may have the name of the directory that may be needed for others.
    this.taken = new TakenNames(fileSystem, recoveryDirectory);
    this.substitutions = new Substitutions(substitutions);
    this.recoveryDirectory = recoveryDirectory;
  }

  /// The place of the next object.
  ///
  /// @param targetDirectory of its operation; empty for the root
  public ExportName next(String targetDirectory, String key) {
    String wanted =
        substitutions.apply(targetDirectory.isEmpty() ? key : targetDirectory + "/" + key);
    List<String> names = new ArrayList<>();
    boolean changed = false;
    for (String segment : wanted.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return recover("InvalidFilename", "a part of the path is \"" + segment + "\"");
      }
      String name = rules.cleaned(segment);
      if (!isName(name)) {
        return recover("InvalidFilename", "\"" + segment + "\" is no name of a file there");
      }
      if (rules.length(name) > DeviceFileSystem.LONGEST) {
        return recover(
            "FilenameTooLong",
            "a name is %d long, not up to %d"
                .formatted(rules.length(name), DeviceFileSystem.LONGEST));
      }
      changed |= !name.equals(segment);
      names.add(name);
    }
    if (taken.take(names)) {
      return changed
          ? new ExportName.Placed(
              names, MOVED, "MovedPermanently", "characters that cannot be there were left out")
          : new ExportName.Placed(names, OK, "OK", "");
    }
    return changed
        ? recover("InvalidFilename", "without its bad characters the name is another object's")
        : recover("MovedPermanently", "the name is another object's");
  }

  private boolean isName(String name) {
    return !name.isEmpty() && !name.equals(".") && !name.equals("..") && rules.isUsable(name);
  }

  private ExportName recover(String code, String reason) {
    while (recovered < MOST_RECOVERED) {
      List<String> names =
          List.of(
              recoveryDirectory,
              "%04d".formatted(recovered / FOLDER),
              "%04d".formatted(recovered % FOLDER));
      recovered++;
      if (taken.take(names)) {
        return new ExportName.Placed(names, MOVED, code, reason);
      }
    }
    return new ExportName.Refused(508, "UnableToWrite", "the recovery directory is full");
  }
}
