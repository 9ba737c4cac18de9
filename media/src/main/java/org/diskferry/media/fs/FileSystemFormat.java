package org.diskferry.media.fs;

import java.nio.charset.Charset;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// A kind of file system that can be read.
///
/// @param name as people write it
/// @param recognition whether a volume begins as this format does; reads a few sectors
/// @param opening opens a volume that was recognised
public record FileSystemFormat(String name, Recognition recognition, Opening opening) {

  /// Looks at a volume.
  @FunctionalInterface
  public interface Recognition {
    /// Whether `volume` begins as the format does.
    boolean recognises(BlockSource volume) throws MediaException;
  }

  /// Opens a volume.
  @FunctionalInterface
  public interface Opening {
    /// The tree of `volume`, spending no more than `bounds`; `codePage` is what names are written
    /// in where the format does not say.
    FileTree open(BlockSource volume, Bounds bounds, Charset codePage) throws MediaException;
  }
}
