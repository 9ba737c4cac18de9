package org.diskferry.media.fs.ntfs;

import java.time.Instant;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;

/// One walk over the table, told to a visitor as nodes, links and damage.
final class Scan implements TableWalk.Visitor {
  private static final Natures.Nature DIRECTORY = new Natures.Nature(Node.Kind.DIRECTORY);

  private final RecordReader reader;
  private final Natures natures;
  private final Clusters clusters;
  private final Names names;
  private final FileTree.Visitor visitor;

  Scan(RecordReader reader, Natures natures, Clusters clusters, FileTree.Visitor visitor) {
    this.reader = reader;
    this.natures = natures;
    this.clusters = clusters;
    this.names = new Names(new Directories(reader, natures));
    this.visitor = visitor;
  }

  void run() throws MediaException {
    for (String lost : reader.table().lost()) {
      visitor.damage(new Damage(-1, lost));
    }
    root();
    new TableWalk(reader).walk(this);
  }

  // The root is there even where its record is lost: its children still say that they are in it.
  private void root() throws MediaException {
    Instant modified = Instant.EPOCH;
    try {
      FileRecord root = reader.file(reader.segment(Metafiles.ROOT));
      modified = modified(root);
      streams(root, DIRECTORY, List.of(new FileNameAttribute(root.reference(), "", 0)));
    } catch (MediaException e) {
      e.localReason();
    }
    node(Metafiles.ROOT, Node.Kind.DIRECTORY, 0, modified, -1, Node.Form.NONE);
  }

  @Override
  public void lost(long record, String reason) throws MediaException {
    if (!Metafiles.include(record)) {
      visitor.damage(new Damage(record, reason));
    }
  }

  @Override
  public void file(FileRecord file) throws MediaException {
    if (Metafiles.include(file.number()) || file.number() == Metafiles.ROOT) {
      return;
    }
    Names.Found found = names.of(file);
    if (found.hidden()) {
      return;
    }
    for (FileRecord.Loss loss : file.losses()) {
      visitor.damage(new Damage(file.number(), loss.reason()));
    }
    for (String reason : found.damages()) {
      visitor.damage(new Damage(file.number(), reason));
    }
    deliver(file, found.links());
  }

  private void deliver(FileRecord file, List<FileNameAttribute> links) throws MediaException {
    Natures.Nature nature = natures.nature(file);
    if (nature.kind() == Node.Kind.FILE) {
      fileNode(file, nature);
    } else {
      node(file.number(), nature.kind(), 0, modified(file), -1, Node.Form.NONE);
    }
    for (FileNameAttribute link : links) {
      link(link.parent(), link.units(), file.number());
    }
    streams(file, nature, links);
  }

  private void fileNode(FileRecord file, Natures.Nature nature) throws MediaException {
    FileStream stored = natures.stored(file, nature);
    long size = natures.content(file).size();
    Content content = natures.readable(file, nature);
    content(file.number(), Node.Kind.FILE, content, size, stored, modified(file));
  }

  private void streams(FileRecord file, Natures.Nature nature, List<FileNameAttribute> links)
      throws MediaException {
    List<String> streamNames = file.streamNames();
    for (int i = 0; i < streamNames.size() && i < NodeId.MOST_STREAMS; i++) {
      String name = streamNames.get(i);
      // In it CompactOS keeps the file's own content: not a thing beside it.
      if (!nature.isOverlay() || !name.equals(OverlayContent.STREAM)) {
        long id = NodeId.ofStream(file.number(), i);
        FileStream stream = file.stream(Attribute.DATA, name, reader.table().mapping());
        Content content = clusters.content(stream);
        content(id, Node.Kind.STREAM, content, stream.size(), stream, modified(file));
        for (FileNameAttribute link : links) {
          link(link.parent(), link.units() + ":" + name, id);
        }
      }
    }
  }

  private void content(
      long id, Node.Kind kind, Content content, long size, FileStream stored, Instant modified)
      throws MediaException {
    long firstByte = content instanceof Content.Unreadable ? -1 : clusters.firstByte(stored);
    node(id, kind, size, modified, firstByte, form(content, size));
  }

  private void node(
      long id, Node.Kind kind, long size, Instant modified, long firstByte, Node.Form form)
      throws MediaException {
    reader.budget().chargeEntry();
    visitor.node(new Node(id, kind, size, modified, firstByte, form));
  }

  private void link(FileReference parent, String units, long child) throws MediaException {
    reader.budget().chargeEntry();
    visitor.link(new Link(parent.record(), FileName.ofUtf16(units), child));
  }

  private static Instant modified(FileRecord file) {
    return file.standardInformation().map(StandardInformation::modified).orElse(Instant.EPOCH);
  }

  private static Node.Form form(Content content, long size) {
    return switch (content) {
      case Content.Unreadable _ -> Node.Form.UNREADABLE;
      case Content _ when size == 0 -> Node.Form.NONE;
      case Content.Extents extents -> extents.form();
      case Content.Encoded _ -> Node.Form.ENCODED;
      case Content.Inline _ -> Node.Form.INLINE;
    };
  }
}
