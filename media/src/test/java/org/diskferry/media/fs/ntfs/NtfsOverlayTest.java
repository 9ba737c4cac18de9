package org.diskferry.media.fs.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.ContentSet.Pattern;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.PatchedSource;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.Test;

/// Files that CompactOS packed. No tool of this system makes them, so they are put together by
/// hand: the packed bytes are resources of WIM images that wimlib captured (the same methods, chunk
/// sizes and layout), written as stream and reparse point through ntfs-3g.
class NtfsOverlayTest extends NtfsContract {
  private static final long TIME = 1_400_000_000L;
  private static final int MOST_CODE = 100_000;

  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Tool.require(getClass(), "wimcapture");
    Path plain = Files.createDirectory(folder.resolve("plain"));
    contents().writeTo(plain);
    machineCode(plain.resolve("code"));
    Path image = NtfsDisks.format(folder, 16 << 20, 4096, 512);
    Map<String, Listing.Row> expected = new HashMap<>();
    try (Mount mount = NtfsDisks.mount(image, "windows")) {
      for (SystemCompression compression : SystemCompression.values()) {
        Path packed = Files.createDirectory(mount.root().resolve(compression.name()));
        expected.putAll(pack(plain, WimImage.of(plain, compression), compression, packed));
      }
    }
    return new MadeDisk(image, new Listing(new TreeMap<>(expected)));
  }

  @Override
  protected int thrift() {
    return 4;
  }

  private static ContentSet contents() {
    ContentSet set = new ContentSet(17).file("tiny", 700, Pattern.TEXT);
    for (int chunk = 4096; chunk <= 32_768; chunk *= 2) {
      for (int size = chunk - 1; size <= chunk + 1; size++) {
        set.file("text " + size, size, Pattern.TEXT);
      }
    }
    return set.file("zeros", 70_000, Pattern.ZEROS)
        .file("mixed", 150_001, Pattern.MIXED)
        .file("text", 200_000, Pattern.TEXT);
  }

  // Calls, far and near, in real code: what LZX translates.
  private static void machineCode(Path file) throws IOException, InterruptedException {
    String program = Tool.run("bash", "-c", "readlink -f \"$(command -v bash)\"").strip();
    byte[] code = Files.readAllBytes(Path.of(program));
    Files.write(file, Arrays.copyOf(code, Math.min(code.length, MOST_CODE)));
  }

  private static Map<String, Listing.Row> pack(
      Path plain, WimImage image, SystemCompression compression, Path packed) throws Exception {
    Map<String, Listing.Row> rows = new HashMap<>();
    try (var files = Files.list(plain)) {
      for (Path file : files.sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        Optional<byte[]> stream = image.packed(content);
        if (stream.isPresent()) {
          Path target = packed.resolve(file.getFileName().toString());
          write(target, content.length, stream.get(), compression);
          rows.put(packed.getFileName() + "/" + file.getFileName(), Listing.row(content, TIME));
        }
      }
    }
    return rows;
  }

  // As Windows leaves it: a hole as long as the content, and the packed stream beside it.
  private static void write(Path file, long size, byte[] stream, SystemCompression compression)
      throws Exception {
    try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
      hole.setLength(size);
    }
    Files.write(file.resolveSibling(file.getFileName() + ":" + OverlayContent.STREAM), stream);
    Files.setLastModifiedTime(file, FileTime.fromMillis(TIME * 1000));
    String value = "0x" + HexFormat.of().formatHex(reparsePoint(2, method(compression)));
    Tool.run("setfattr", "-h", "-n", "system.ntfs_reparse_data", "-v", value, file.toString());
  }

  private static int method(SystemCompression compression) {
    return switch (compression) {
      case XPRESS_4K -> 0;
      case LZX_32K -> 1;
      case XPRESS_8K -> 2;
      case XPRESS_16K -> 3;
    };
  }

  private static byte[] reparsePoint(int provider, int method) {
    ByteBuffer value = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    value.putInt(0x8000_0017).putShort((short) 16).putShort((short) 0);
    return value.putInt(1).putInt(provider).putInt(1).putInt(method).array();
  }

  @Test
  void everyMethodIsThereAndNoStreamIsShown() throws MediaException {
    TreeSnapshot found = TreeSnapshot.of(tree());
    Map<String, Node> files = found.paths(Node.Kind.FILE);
    assertThat(found.paths(Node.Kind.STREAM)).isEmpty();
    for (SystemCompression compression : SystemCompression.values()) {
      Node node = files.get(compression + "/mixed");
      assertThat(node.form()).isEqualTo(Node.Form.ENCODED);
      assertThat(node.firstByte()).isPositive();
      assertThat(tree().content(node.id())).isInstanceOf(OverlayContent.class);
    }
  }

  private EditedRecord record(String path) throws MediaException {
    long id = TreeSnapshot.of(tree()).paths(Node.Kind.FILE).get(path).id();
    return EditedRecord.of(image(), id);
  }

  private static String reason(BlockSource volume, long id) throws MediaException {
    FileTree tree = Ntfs.open(volume, Bounds.GENEROUS);
    return tree.content(id) instanceof Content.Unreadable unreadable ? unreadable.reason() : "";
  }

  private String reasonWith(int provider, int method) throws MediaException {
    EditedRecord record = record("LZX_32K/mixed");
    record.bytes().put(record.value(Attribute.REPARSE_POINT), reparsePoint(provider, method));
    return reason(record.back(), record.number());
  }

  @Test
  void whatLiesInAnImageOfWindowsOrIsPackedOtherwiseIsUnreadable() throws MediaException {
    assertThat(reasonWith(1, 1)).contains("in an image of Windows");
    assertThat(reasonWith(2, 9)).contains("method 9");
    assertThat(reasonWith(2, 1)).isEmpty();
  }

  @Test
  void aFileWhosePackedStreamIsGoneIsUnreadable() throws MediaException {
    EditedRecord record = record("XPRESS_4K/tiny");
    int named = record.attribute(Attribute.DATA);
    named += record.bytes().getInt(named + 4);
    assertThat(record.bytes().getInt(named)).isEqualTo(Attribute.DATA);
    record.bytes().putChar(named + record.bytes().getShort(named + 10), 'X');
    assertThat(reason(record.back(), record.number())).contains("0 bytes packed for 700");
  }

  @Test
  void aDamagedChunkIsToldAndOthersAreRead() throws MediaException {
    Node node = TreeSnapshot.of(tree()).paths(Node.Kind.FILE).get("XPRESS_4K/text");
    FileTree tree = Ntfs.open(brokenAt(node.firstByte() + 5_000), Bounds.GENEROUS);
    Content.Encoded content = (Content.Encoded) tree.content(node.id());
    int lost = 0;
    for (int at = 0; at + 4096 <= node.size(); at += 4096) {
      try {
        content.read(at, ByteBuffer.allocate(4096));
      } catch (MediaException e) {
        assertThat(e.trouble()).isEqualTo(MediaException.Trouble.DAMAGED);
        lost++;
      }
    }
    assertThat(lost).isEqualTo(1);
  }

  // Lengths of words that make no code.
  private BlockSource brokenAt(long place) {
    return new PatchedSource(image()).put(place, HexFormat.of().parseHex("ff".repeat(300)));
  }
}
