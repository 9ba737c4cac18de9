package org.diskferry.media.stack;

import org.diskferry.media.crypt.Unlocking;
import org.jspecify.annotations.Nullable;

/// What a caller has to open encrypted layers with. The unlocking stays the caller's, to be closed
/// when nothing is read any more.
///
/// @param unlocking the password; null where there is none
/// @param container name of the container that is looked for at the top of a file system, case does
///   not count; empty where none is
public record Keys(@Nullable Unlocking unlocking, String container) {
  /// Nothing.
  public static final Keys NONE = new Keys(null, "");
}
