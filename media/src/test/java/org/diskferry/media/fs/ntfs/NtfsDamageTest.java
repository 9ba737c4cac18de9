package org.diskferry.media.fs.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.ContentSet.Pattern;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.PatchedSource;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a volume of mkntfs and ntfs-3g when single records of it are bad, lost, or of a
/// kind that only Windows writes. The latter are records edited by hand after the published format.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NtfsDamageTest {
  private static final String VICTIM = "folder/victim.bin";

  private MadeDisk disk;
  private BlockSource image;

  @BeforeAll
  void makeDisk(@TempDir Path folder) throws Exception {
    NtfsDisks.require(getClass());
    Path path = NtfsDisks.format(folder, 16 << 20, 4096, 512);
    try (Mount mount = NtfsDisks.mount(path)) {
      ContentSet set = new ContentSet(1).smallFiles("others", 30, 9_000);
      set.file(VICTIM, 50_000, Pattern.RANDOM).file("small.txt", 100, Pattern.TEXT);
      disk = new MadeDisk(path, set.writeTo(mount.root()));
    }
    image = disk.open();
  }

  @AfterAll
  void closeDisk() {
    if (image != null) {
      image.close();
    }
  }

  private static FileTree open(BlockSource volume) throws MediaException {
    return Ntfs.open(volume, Bounds.TIGHT);
  }

  private Node node(String path) throws MediaException {
    return TreeSnapshot.of(open(image)).paths(Node.Kind.FILE).get(path);
  }

  private EditedRecord victim() throws MediaException {
    return EditedRecord.of(image, node(VICTIM).id());
  }

  private Map<String, Listing.Row> allBut(String path) {
    Map<String, Listing.Row> rows = new HashMap<>(disk.expected().files());
    rows.remove(path);
    return rows;
  }

  private static Map<String, Listing.Row> files(BlockSource volume) throws MediaException {
    FileTree tree = open(volume);
    return TreeSnapshot.of(tree).files(tree, volume).files();
  }

  private static String reason(BlockSource volume, long id) throws MediaException {
    return open(volume).content(id) instanceof Content.Unreadable unreadable
        ? unreadable.reason()
        : "readable";
  }

  @Test
  void aReadErrorInTheTableCostsExactlyTheRecordsThere() throws MediaException {
    long id = node(VICTIM).id();
    BlockSource faulty = new FaultyBlockSource(image).failAt(victim().place() + 600, 1);
    assertThat(files(faulty)).isEqualTo(allBut(VICTIM));
    assertThat(TreeSnapshot.of(open(faulty)).damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.id()).isEqualTo(id));
  }

  @Test
  void aTornRecordIsDamageThatNamesIt() throws MediaException {
    long id = node(VICTIM).id();
    BlockSource torn = new PatchedSource(image).put(victim().place() + 510, (byte) 0x5A, (byte) 1);
    assertThat(files(torn)).isEqualTo(allBut(VICTIM));
    assertThat(TreeSnapshot.of(open(torn)).damages())
        .singleElement()
        .satisfies(
            damage -> assertThat(damage.reason()).startsWith("MFT record " + id).contains("torn"));
  }

  @Test
  void clustersOfALostFileAreNotExplained() throws MediaException {
    BlockSource torn = new PatchedSource(image).put(victim().place() + 510, (byte) 0x5A, (byte) 1);
    Coverage coverage = open(torn).coverage();
    assertThat(coverage.missing()).isEqualTo((50_000 + 4095) / 4096);
    assertThat(coverage.unexplained()).isNotEmpty();
  }

  @Test
  void aReadErrorInAFileIsThatFilesAlone() throws MediaException {
    FaultyBlockSource faulty = new FaultyBlockSource(image);
    faulty.failAt(node(VICTIM).firstByte() + 5_000, 1);
    Content content = open(faulty).content(node(VICTIM).id());
    ContentReader reader = new ContentReader(faulty, content);
    reader.read(10_000, ByteBuffer.allocate(1_000));
    assertThatThrownBy(() -> reader.read(0, ByteBuffer.allocate(10_000)))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.UNREADABLE));
    assertThat(TreeSnapshot.of(open(faulty)).damages()).isEmpty();
  }

  @Test
  void theCopyOfTheBootSectorStandsIn() throws MediaException {
    BlockSource headless = new PatchedSource(image).put(0, new byte[512]);
    assertThat(Ntfs.recognises(headless)).isTrue();
    assertThat(files(headless)).isEqualTo(disk.expected().files());
  }

  @Test
  void theMirrorStandsInForTheFirstRecords() throws MediaException {
    long table = EditedRecord.of(image, 0).place();
    BlockSource bad = new FaultyBlockSource(image).failAt(table, 4 * 1024);
    assertThat(files(bad)).isEqualTo(disk.expected().files());
    assertThat(open(bad).volume().name()).contains("Größe 😀");
  }

  @Test
  void aLostRootRecordCostsNothing() throws MediaException {
    BlockSource bad = new FaultyBlockSource(image).failAt(EditedRecord.of(image, 5).place(), 1024);
    assertThat(files(bad)).isEqualTo(disk.expected().files());
  }

  @Test
  void theDirtyFlagIsSeen() throws MediaException {
    EditedRecord own = EditedRecord.of(image, Metafiles.VOLUME);
    own.bytes().put(own.value(Attribute.VOLUME_INFORMATION) + 10, (byte) 1);
    assertThat(open(own.back()).volume().state()).isEqualTo(Volume.State.DIRTY);
    assertThat(open(image).volume().state()).isEqualTo(Volume.State.CLEAN);
  }

  // Of `rstr` ntfs-3g thinks that nobody sleeps; whoever left it was waking up and did not finish.
  @ParameterizedTest
  @CsvSource({"hibr, HIBERNATED", "HIBR, HIBERNATED", "RSTR, HIBERNATED", "wake, CLEAN"})
  void aSystemThatSleepsIsSeen(String mark, Volume.State state, @TempDir Path folder)
      throws Exception {
    Path sleeping = Files.copy(disk.image(), folder.resolve("sleeping.img"));
    try (Mount mount = NtfsDisks.mount(sleeping)) {
      byte[] head = Arrays.copyOf(mark.getBytes(StandardCharsets.US_ASCII), 8_192);
      Files.write(mount.root().resolve("HiberFil.sys"), head);
    }
    try (var source = new MadeDisk(sleeping, disk.expected()).open()) {
      assertThat(open(source).volume().state()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "A000000C, 0, LINK, ''", // symbolic link
    "A0000003, 0, LINK, ''", // mount point
    "A000001D, 0, LINK, ''", // symbolic link of Linux
    "A0001234, 0, LINK, ''", // unknown, stands for a name
    "80000024, 0, SPECIAL, ''",
    "9000001A, 0, FILE, readable",
    "9000601A, 0, FILE, readable",
    "9000601A, 1000, FILE, content is in the cloud",
    "9000601A, 400000, FILE, content is in the cloud",
    "9000601A, 40000, FILE, content is in the cloud",
    "80000017, 0, FILE, CompactOS",
    "9000E01A, 1000, FILE, content is in the cloud",
    "80000018, 0, FILE, 80000018",
    "A0000019, 0, LINK, ''",
    "80000013, 0, FILE, deduplicated",
    "80001234, 0, FILE, 80001234",
  })
  void aReparsePointIsWhatItsTagSays(String tag, String flags, Node.Kind kind, String reason)
      throws MediaException {
    EditedRecord record = victim();
    ByteBuffer value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    value.putInt(0, Integer.parseUnsignedInt(tag, 16));
    record.add(Attribute.REPARSE_POINT, value.array());
    int at = record.value(Attribute.STANDARD_INFORMATION) + 32;
    record.bytes().putInt(at, Integer.parseInt(flags, 16));
    BlockSource volume = record.back();
    Node node = TreeSnapshot.of(open(volume)).nodes().get(node(VICTIM).id());
    assertThat(node.kind()).isEqualTo(kind);
    if (kind == Node.Kind.FILE) {
      assertThat(reason(volume, node.id())).contains(reason);
      boolean readable = reason.equals("readable");
      assertThat(node.form() == Node.Form.UNREADABLE).isEqualTo(!readable);
      assertThat(node.size()).isEqualTo(50_000);
    }
  }

  @Test
  void aFileThatWindowsEncryptedIsNeverGivenAsItLies() throws MediaException {
    EditedRecord record = victim();
    int flags = record.attribute(Attribute.DATA) + 12;
    record.bytes().putShort(flags, (short) Attribute.ENCRYPTED);
    assertThat(reason(record.back(), node(VICTIM).id())).contains("EFS");
  }

  @Test
  void aFileThatIsEncryptedByItsFlagsOnlyIsNotGivenEither() throws MediaException {
    EditedRecord record = victim();
    record.bytes().putInt(record.value(Attribute.STANDARD_INFORMATION) + 32, 0x4000);
    assertThat(reason(record.back(), node(VICTIM).id())).contains("EFS");
  }

  @Test
  void aNameInADirectoryThatWasUsedAnewIsDamage() throws MediaException {
    EditedRecord record = victim();
    record.bytes().putShort(record.value(Attribute.FILE_NAME) + 6, (short) 99);
    assertThat(files(record.back())).isEqualTo(allBut(VICTIM));
    assertThat(TreeSnapshot.of(open(record.back())).damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.reason()).contains("used anew"));
  }

  @Test
  void directoriesInACircleEndAndAreTold() throws MediaException {
    TreeSnapshot found = TreeSnapshot.of(open(image));
    long folder = found.paths(Node.Kind.DIRECTORY).get("folder").id();
    EditedRecord record = EditedRecord.of(image, folder);
    record.bytes().putLong(record.value(Attribute.FILE_NAME), folder);
    assertThat(files(record.back())).isEqualTo(allBut(VICTIM));
    assertThat(TreeSnapshot.of(open(record.back())).damages()).hasSize(2);
  }

  @Test
  void whatIsBelowExtendIsHiddenByItsParentsNumber() throws MediaException {
    EditedRecord record = victim();
    record.bytes().putLong(record.value(Attribute.FILE_NAME), 11L | 11L << 48);
    assertThat(files(record.back())).isEqualTo(allBut(VICTIM));
    assertThat(TreeSnapshot.of(open(record.back())).damages()).isEmpty();
  }

  @Test
  void aShortNameOfDosIsLeftOutBesideALongOne() throws MediaException {
    EditedRecord record = victim();
    int at = record.value(Attribute.FILE_NAME);
    byte[] name = new byte[66 + 2 * 10];
    record.bytes().get(at, name);
    name[65] = 2;
    assertThat(files(record.add(Attribute.FILE_NAME, name).back()))
        .isEqualTo(disk.expected().files());
  }

  @ParameterizedTest
  @CsvSource({"47, folder/\\x2Fictim.bin", "55357, folder/\\xED\\xA0\\xBDictim.bin"})
  void aNameThatNoKeyCanHoldIsShownAndNotValid(int unit, String path) throws MediaException {
    EditedRecord record = victim();
    record.bytes().putShort(record.value(Attribute.FILE_NAME) + 66, (short) unit);
    TreeSnapshot found = TreeSnapshot.of(open(record.back()));
    assertThat(found.paths(Node.Kind.FILE)).containsKey(path);
    long id = node(VICTIM).id();
    assertThat(found.links().stream().filter(link -> link.child() == id).map(Link::name))
        .singleElement()
        .satisfies(name -> assertThat(name.isValid()).isFalse());
  }

  @Test
  void aFileLongerThanItsClustersIsUnreadableAndNotPaddedWithZeros() throws MediaException {
    EditedRecord record = victim();
    record.bytes().putLong(record.attribute(Attribute.DATA) + 48, 1L << 40);
    assertThat(reason(record.back(), node(VICTIM).id())).contains("clusters for");
  }

  @Test
  void aRunThatLeavesTheVolumeIsUnreadable() throws MediaException {
    EditedRecord record = victim();
    int data = record.attribute(Attribute.DATA);
    int pairs = data + record.bytes().getShort(data + 32);
    byte[] far = {0x41, 13, -1, -1, -1, 0x0F, 0};
    record.bytes().put(pairs, far);
    assertThat(reason(record.back(), node(VICTIM).id())).contains("leaves the volume");
  }

  @Test
  void crossLinkedClustersAreContested() throws MediaException {
    EditedRecord record = victim();
    int data = record.attribute(Attribute.DATA);
    int pairs = data + record.bytes().getShort(data + 32);
    byte[] first = {0x21, 13, 4, 0, 0};
    record.bytes().put(pairs, first);
    Coverage coverage = open(record.back()).coverage();
    assertThat(coverage.contested()).isNotEmpty();
    assertThat(coverage.missing()).isEqualTo(13);
  }

  @Test
  void bytesBehindTheValidLengthAreAHole() throws MediaException {
    EditedRecord record = victim();
    record.bytes().putLong(record.attribute(Attribute.DATA) + 56, 20_000);
    Content.Extents extents = (Content.Extents) open(record.back()).content(node(VICTIM).id());
    assertThat(extents.size()).isEqualTo(50_000);
    assertThat(extents.runs().getLast().logicalEnd()).isEqualTo(20_000);
  }

  @Test
  void anAttributeListThatLeadsToItselfOrElsewhereEnds() throws MediaException {
    EditedRecord record = victim();
    ByteBuffer list = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    list.putInt(0, Attribute.ATTRIBUTE_LIST).putShort(4, (short) 32).putLong(16, node(VICTIM).id());
    list.putInt(32, Attribute.DATA).putShort(36, (short) 32);
    list.putLong(48, node("small.txt").id());
    BlockSource volume = record.add(Attribute.ATTRIBUTE_LIST, list.array()).back();
    assertThat(reason(volume, node(VICTIM).id())).contains("belongs to record");
    assertThat(TreeSnapshot.of(open(volume)).damages()).isNotEmpty();
  }

  @Test
  void aTinyImageThatClaimsSixteenTerabytesCostsNothing() throws MediaException {
    byte[] boot = new byte[1_024];
    image.read(0, ByteBuffer.wrap(boot));
    ByteBuffer.wrap(boot).order(ByteOrder.LITTLE_ENDIAN).putLong(40, 1L << 35);
    BlockSource claim = new MemorySource(boot);
    assertThat(Ntfs.recognises(claim)).isTrue();
    assertThatThrownBy(() -> open(claim))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("past the end");
  }

  @Test
  void otherThingsAreNotRecognised() throws MediaException {
    byte[] text = "not a volume".repeat(100).getBytes(StandardCharsets.UTF_8);
    assertThat(Ntfs.recognises(new MemorySource(text))).isFalse();
    assertThat(Ntfs.recognises(new MemorySource(new byte[0]))).isFalse();
  }
}
