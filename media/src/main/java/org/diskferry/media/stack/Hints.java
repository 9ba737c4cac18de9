package org.diskferry.media.stack;

import java.nio.charset.Charset;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.fs.fat.Fat;
import org.jspecify.annotations.Nullable;

/// What a caller knows of a device that the device does not say. The unlocking stays the caller's,
/// to be closed when nothing is read any more.
///
/// @param unlocking the password; null where there is none
/// @param container name of the container that is looked for at the top of a file system, case does
///   not count; empty where none is
/// @param codePage in which file systems that keep names as bytes, and do not say how, keep them
public record Hints(@Nullable Unlocking unlocking, String container, Charset codePage) {
  /// Nothing.
  public static final Hints NONE = new Hints(null, "");

  /// With the usual code page.
  public Hints(@Nullable Unlocking unlocking, String container) {
    this(unlocking, container, Fat.CODE_PAGE);
  }

  /// What still holds inside an encrypted volume: there is nothing more to unlock.
  Hints inside() {
    return new Hints(null, "", codePage);
  }
}
