package org.diskferry.media.fs.ntfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.PatchedSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whether work was left in the journal. Restart pages are made by hand after the published layout:
/// ntfs-3g empties the journal when it mounts, and leaves no mark when it is killed.
class LogFileTest {
  private static final int PAGE = 4096;
  private static final int AREA = 48;
  private static final int CLEAN = 2;
  private static final int NO_CLIENT = 0xFFFF;
  private static final int CLIENT = 0;

  private BlockSource image;
  private long place;

  @BeforeEach
  void findTheJournal() throws MediaException {
    image = SmallDisk.IMAGE.sound();
    EditedRecord journal = EditedRecord.of(image, Metafiles.LOG);
    ByteBuffer bytes = journal.bytes();
    int data = journal.attribute(Attribute.DATA);
    int pairs = data + bytes.getShort(data + 32);
    int countBytes = bytes.get(pairs) & 0x0F;
    int lcn = bytes.getShort(pairs + 1 + countBytes) & 0xFFFF;
    place = lcn * 1024L;
  }

  private static byte[] page(String signature, long newest, int client, int flags) {
    ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    page.put(0, signature.getBytes(US_ASCII));
    int stretches = PAGE / 512;
    page.putShort(4, (short) 30).putShort(6, (short) (stretches + 1));
    page.putInt(16, PAGE).putInt(20, PAGE).putShort(24, (short) AREA);
    page.putLong(AREA, newest).putShort(AREA + 12, (short) client);
    page.putShort(AREA + 14, (short) flags);
    page.putShort(30, (short) 7);
    for (int i = 1; i <= stretches; i++) {
      page.putShort(30 + 2 * i, page.getShort(i * 512 - 2));
      page.putShort(i * 512 - 2, (short) 7);
    }
    return page.array();
  }

  private Volume.State state(byte[] first, byte[] second) throws MediaException {
    BlockSource volume = new PatchedSource(image).put(place, first).put(place + PAGE, second);
    return Ntfs.open(volume, Bounds.TIGHT).volume().state();
  }

  @Test
  void anEmptiedJournalIsClean() throws MediaException {
    assertThat(Ntfs.open(image, Bounds.TIGHT).volume().state()).isEqualTo(Volume.State.CLEAN);
  }

  @Test
  void theNewerOfTwoRestartPagesDecides() throws MediaException {
    byte[] work = page("RSTR", 100, CLIENT, 0);
    byte[] done = page("RSTR", 200, CLIENT, CLEAN);
    assertThat(state(work, done)).isEqualTo(Volume.State.CLEAN);
    assertThat(state(done, work)).isEqualTo(Volume.State.CLEAN);
    byte[] newWork = page("RSTR", 300, CLIENT, 0);
    assertThat(state(newWork, done)).isEqualTo(Volume.State.DIRTY);
    assertThat(state(done, newWork)).isEqualTo(Volume.State.DIRTY);
  }

  @Test
  void aJournalThatNobodyHoldsIsClean() throws MediaException {
    byte[] page = page("RSTR", 100, NO_CLIENT, 0);
    assertThat(state(page, page)).isEqualTo(Volume.State.CLEAN);
  }

  @Test
  void whatCheckDiskLeavesIsClean() throws MediaException {
    byte[] page = page("CHKD", 100, CLIENT, 0);
    assertThat(state(page, page)).isEqualTo(Volume.State.CLEAN);
  }

  @Test
  void aPageThatIsTornOrNoneIsNotKnownToBeClean() throws MediaException {
    byte[] sound = page("RSTR", 100, CLIENT, CLEAN);
    byte[] torn = sound.clone();
    torn[1_023] ^= 1;
    assertThat(state(sound, torn)).isEqualTo(Volume.State.DIRTY);
    assertThat(state(new byte[PAGE], new byte[PAGE])).isEqualTo(Volume.State.DIRTY);
  }
}
