package org.diskferry.bench.million;

import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;

/// Lists them in the order of their numbers.
record MadeUpTree(MadeUpFiles files) implements FileTree {
  private static final long ROOT = -2;

  @Override
  public Volume volume() {
    long bytes = files.deviceBytes();
    return new Volume("none", "", "", MadeUpFiles.SLOT, bytes, bytes, Volume.State.CLEAN);
  }

  @Override
  public long root() {
    return ROOT;
  }

  @Override
  public void scan(Visitor visitor) throws MediaException {
    for (int i = 0; i < files.count(); i++) {
      if (i % MadeUpFiles.A_DIRECTORY == 0) {
        long id = Integer.MAX_VALUE + (long) i;
        visitor.node(new Node(id, Node.Kind.DIRECTORY, 0, MadeUpFiles.TIME, -1, Node.Form.NONE));
        visitor.link(new Link(root(), FileName.ofUtf16(MadeUpFiles.directory(i)), id));
      }
      visitor.node(
          new Node(
              i,
              Node.Kind.FILE,
              MadeUpFiles.size(i),
              MadeUpFiles.TIME,
              (long) i * MadeUpFiles.SLOT,
              Node.Form.EXTENTS));
      long parent = Integer.MAX_VALUE + (long) i - i % MadeUpFiles.A_DIRECTORY;
      visitor.link(new Link(parent, FileName.ofUtf16(MadeUpFiles.name(i)), i));
    }
  }

  @Override
  public Content content(long id) {
    int file = (int) id;
    return new Content.Extents(
        MadeUpFiles.size(file),
        MadeUpFiles.size(file) == 0
            ? List.of()
            : List.of(new Extent(0, id * MadeUpFiles.SLOT, MadeUpFiles.size(file))));
  }

  @Override
  public Coverage coverage() {
    return new Coverage(
        MadeUpFiles.SLOT, files.count(), files.count(), List.of(), List.of(), List.of());
  }
}
