package org.diskferry.media.fs.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Node;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.Test;

/// A full disk in pieces: sparse files of 12,000 and 1,500 pieces, a dense one of more than a
/// thousand in what is left between the latter, and a table that grows into the last gaps. They
/// need attribute lists that are too long for their record.
class NtfsFragmentedTest extends NtfsContract {
  private static final int CLUSTER = 512;
  private static final int MANY = 12_000;

  /// Smaller gaps than of 8 clusters ntfs-3g does not fill.
  private static final int WIDE = 8 * CLUSTER;

  private static final int WIDE_PIECES = 1_500;
  private static final long TIME = 1_234_567_890L;

  @Override
  protected MadeDisk make(Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path image = NtfsDisks.format(folder, 36 << 20, CLUSTER, 512);
    Random random = new Random(CLUSTER);
    Map<String, Listing.Row> expected = new HashMap<>();
    try (Mount mount = NtfsDisks.mount(image)) {
      Path many = mount.root().resolve("many pieces");
      expected.put("many pieces", writeEverySecond(MANY, CLUSTER, many, random));
      Path wide = mount.root().resolve("wide pieces");
      expected.put("wide pieces", writeEverySecond(WIDE_PIECES, WIDE, wide, random));
      Path dense = mount.root().resolve("dense in pieces");
      expected.put("dense in pieces", fillTheRest(dense, random));
      Listing more = new ContentSet(3).smallFiles("more", 1_500, 200).writeTo(mount.root());
      return new MadeDisk(image, more.and(expected));
    }
  }

  @Override
  protected int thrift() {
    return 4;
  }

  private static Listing.Row writeEverySecond(int pieces, int size, Path file, Random random)
      throws IOException {
    byte[] all = new byte[(2 * pieces - 1) * size];
    byte[] piece = new byte[size];
    try (FileChannel out = created(file)) {
      for (int at = 0; at < all.length; at += 2 * size) {
        random.nextBytes(piece);
        System.arraycopy(piece, 0, all, at, size);
        out.write(ByteBuffer.wrap(piece), at);
      }
    }
    return timed(file, all);
  }

  // Until nothing fits any more; then room is made for the small files.
  private static Listing.Row fillTheRest(Path file, Random random) throws IOException {
    byte[] piece = new byte[64 * CLUSTER];
    ByteBuffer all = ByteBuffer.allocate(64 << 20);
    try (FileChannel out = created(file)) {
      boolean full = false;
      while (!full) {
        random.nextBytes(piece);
        full = !append(out, piece, all);
      }
      int kept = all.position() - 4_000 * CLUSTER;
      out.truncate(kept);
      all.position(kept);
    }
    return timed(file, Arrays.copyOf(all.array(), all.position()));
  }

  private static boolean append(FileChannel out, byte[] piece, ByteBuffer all) {
    try {
      out.write(ByteBuffer.wrap(piece));
      all.put(piece);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static FileChannel created(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static Listing.Row timed(Path file, byte[] content) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(TIME * 1000));
    return Listing.row(content, TIME);
  }

  @Test
  void theFilesAreInAsManyPiecesAsTheTestMeans() throws MediaException {
    Map<String, Node> files = TreeSnapshot.of(tree()).paths(Node.Kind.FILE);
    assertThat(pieces(files.get("many pieces"))).isGreaterThanOrEqualTo(MANY);
    assertThat(pieces(files.get("dense in pieces"))).isGreaterThan(500);
  }

  private int pieces(Node node) throws MediaException {
    return tree().content(node.id()) instanceof Content.Extents extents ? extents.runs().size() : 0;
  }

  private RecordReader reader() throws MediaException {
    ByteBuffer sector = ByteBuffer.allocate(BootSector.LENGTH);
    image().read(0, sector);
    Budget budget = new Budget(Bounds.GENEROUS);
    return new RecordReader(
        MasterFileTable.open(BootSector.read(sector.flip()), image(), budget), budget);
  }

  @Test
  void theTableItselfContinuesInRecordsThatItDescribes() throws MediaException {
    FileRecord self = reader().table().self();
    assertThat(self.mentions(Attribute.ATTRIBUTE_LIST)).isTrue();
    List<Attribute> parts =
        self.attributes().stream().filter(part -> part.is(Attribute.DATA, "")).toList();
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(reader().table().lost()).isEmpty();
  }

  @Test
  void aContinuationOfTheTableThatIsLostIsToldWithWhatItCosts() throws MediaException {
    RecordReader reader = reader();
    FileStream list =
        reader.table().self().stream(Attribute.ATTRIBUTE_LIST, "", reader.table().mapping());
    long holder =
        AttributeList.read(reader.bytes(list, AttributeList.MOST_BYTES)).stream()
            .filter(entry -> entry.type() == Attribute.DATA && entry.firstVcn() > 0)
            .findFirst()
            .orElseThrow()
            .holder()
            .record();
    long place = reader.table().content().runs().getFirst().physical() + holder * 1024;
    FaultyBlockSource faulty = new FaultyBlockSource(image()).failAt(place, 1);
    TreeSnapshot found = TreeSnapshot.of(open(faulty, Bounds.GENEROUS));
    assertThat(found.damages())
        .anySatisfy(damage -> assertThat(damage.reason()).contains("the others describe is lost"));
    assertThat(disk().expected().files().keySet())
        .containsAll(found.paths(Node.Kind.FILE).keySet());
  }

  @Test
  void attributeListsAreTooLongForTheirRecords() throws MediaException {
    long id = TreeSnapshot.of(tree()).paths(Node.Kind.FILE).get("many pieces").id();
    RecordReader reader = reader();
    Segment base = reader.segment(id);
    assertThat(base.attributes())
        .anySatisfy(attribute -> {
          assertThat(attribute.key().type()).isEqualTo(Attribute.ATTRIBUTE_LIST);
          assertThat(attribute).isInstanceOf(Attribute.Mapped.class);
        });
  }

  @Test
  void theProofDoesNotDependOnItsWindow() throws MediaException {
    RecordReader reader = reader();
    Natures natures = new Natures(reader, new Clusters(reader.table().boot(), image()));
    Coverage whole = tree().coverage();
    for (long window : new long[] {32_064, 1 << 16}) {
      assertThat(new CoverageProof(reader, natures, window).prove()).isEqualTo(whole);
    }
  }
}
