package org.diskferry.tool.disk;

import org.diskferry.media.MediaException;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;

/// How many files a file system holds.
///
/// @param files names of regular files
/// @param bytes of their content
/// @param damages places that could not be read
record FileCount(long files, long bytes, long damages) {

  static FileCount of(FileTree tree) throws MediaException {
    Listing listing = Listing.of(tree);
    long[] counts = new long[2];
    listing.walk(
        tree.root(),
        (path, node) -> {
          if (node.kind() == Node.Kind.FILE) {
            counts[0]++;
            counts[1] += node.size();
          }
        });
    return new FileCount(counts[0], counts[1], listing.damages().size());
  }
}
