package org.diskferry.job.naming;

import java.util.List;

/// Where an object goes on the device. Guide, "Collecting Files That Have Naming Errors".
public sealed interface ExportName {

  /// There.
  ///
  /// @param names directories from the root on, then the file's own; each is one that the file
  ///   system holds, and no other object has the same
  /// @param status 200, or 301 where it is not as the key says
  /// @param code the word in the log
  /// @param reason for people; empty where nothing was changed
  record Placed(List<String> names, int status, String code, String reason) implements ExportName {
    /// Copies the list.
    public Placed {
      names = List.copyOf(names);
    }

    /// With slashes between the names.
    public String path() {
      return String.join("/", names);
    }
  }

  /// Nowhere: a row with this status and code.
  record Refused(int status, String code, String reason) implements ExportName {}
}
