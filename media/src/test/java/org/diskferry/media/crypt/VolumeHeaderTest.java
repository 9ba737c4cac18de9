package org.diskferry.media.crypt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.Extent;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MemorySource;
import org.junit.jupiter.api.Test;

/// Headers that say what cannot be, volumes that are cut or wiped, passwords that open nothing.
class VolumeHeaderTest {
  private static final String PASSWORD = "pw";
  private static final long HOST = 1 << 20;
  private static final long DATA = HOST - 2L * VolumeHeader.GROUP;

  private static VolumeHeader plain() {
    byte[] keys = new byte[VolumeHeader.KEYS];
    new Random(1).nextBytes(keys);
    return new VolumeHeader(Program.TRUECRYPT, 5, 0, DATA, VolumeHeader.GROUP, DATA, 0, 512, keys);
  }

  // A body whose checksums are right whatever was changed.
  private static byte[] body(Consumer<ByteBuffer> change) {
    byte[] body = plain().body();
    change.accept(ByteBuffer.wrap(body));
    CRC32 crc = new CRC32();
    crc.update(body, 0, 188);
    ByteBuffer.wrap(body).putInt(188, (int) crc.getValue());
    return body;
  }

  private static VolumeHeader good(byte[] body) {
    if (VolumeHeader.read(body) instanceof VolumeHeader.Reading.Good(VolumeHeader header)) {
      return header;
    }
    throw new AssertionError(VolumeHeader.read(body));
  }

  // A host whose first header is `body`, encrypted as TrueCrypt would.
  private static byte[] host(byte[] body) {
    byte[] host = new byte[(int) HOST];
    new Random(2).nextBytes(host);
    encrypt(body, host, 0);
    return host;
  }

  private static void encrypt(byte[] body, byte[] host, int offset) {
    byte[] salt = Arrays.copyOfRange(host, offset, offset + VolumeHeader.SALT);
    Cascade aes = Cascade.ALL.getFirst();
    try (KeyDerivation derivation =
        new KeyDerivation(Hash.SHA_512, PASSWORD.getBytes(UTF_8), salt, 1000)) {
      byte[] sealed = body.clone();
      XtsCipher.encrypting(aes, derivation.first(64)).transform(0, sealed, 0, sealed.length);
      System.arraycopy(sealed, 0, host, offset + VolumeHeader.SALT, sealed.length);
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    VolumeHeader header = good(plain().body());

    assertThat(header.toString()).isEqualTo(plain().toString());
    assertThat(header.keys()).isEqualTo(plain().keys());
  }

  @Test
  void aPlaceThatDoesNotExistIsDamage() {
    long[][] lies = {
      {0, DATA},
      {-512, DATA},
      {VolumeHeader.GROUP, HOST},
      {HOST, 512},
      {HOST - 512, 1024},
      {VolumeHeader.GROUP, 0},
      {VolumeHeader.GROUP, -1},
      {VolumeHeader.GROUP + 1, 512},
      {VolumeHeader.GROUP, 513},
      {Long.MAX_VALUE, Long.MAX_VALUE},
      {512, Long.MAX_VALUE},
      {Long.MIN_VALUE, Long.MIN_VALUE},
      {VolumeHeader.GROUP, 16L << 40}
    };
    for (long[] lie : lies) {
      VolumeHeader header =
          good(body(b -> b.putLong(44, lie[0]).putLong(36, lie[1]).putLong(52, lie[1])));
      assertThatThrownBy(() -> header.area(HOST, HeaderPlace.PRIMARY))
          .as(Arrays.toString(lie))
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DAMAGED));
    }
  }

  @Test
  void theSystemsPartitionIsRefusedByName() throws Exception {
    byte[] host = host(body(b -> b.putInt(60, 1)));

    assertThat(Volumes.open(host, PASSWORD, 0))
        .isEqualTo(
            new Trial.Useless(
                "TrueCrypt system encryption: the partition starts a computer", false));
  }

  @Test
  void encryptionInPlaceThatIsNotFinishedIsRefusedByName() throws Exception {
    byte[] host = host(body(b -> b.putLong(52, DATA / 2).putInt(60, 2)));

    assertThat(Volumes.open(host, PASSWORD, 0))
        .isInstanceOfSatisfying(
            Trial.Useless.class,
            useless ->
                assertThat(useless.reason()).contains("encrypted in place and not finished"));
  }

  @Test
  void encryptionInPlaceThatIsFinishedIsAnOrdinaryVolume() throws Exception {
    assertThat(Volumes.opened(host(body(b -> b.putInt(60, 2))), PASSWORD, 0).bytes().size())
        .isEqualTo(DATA);
  }

  @Test
  void aSectorSizeIsBelievedWhereItCanBeOne() throws Exception {
    CryptVolume volume = Volumes.opened(host(body(b -> b.putInt(64, 4096))), PASSWORD, 0);
    assertThat(volume.bytes().sectorSize()).isEqualTo(4096);

    for (int lie : new int[] {0, 1, 256, 513, 8192, -1, Integer.MIN_VALUE}) {
      assertThat(VolumeHeader.read(body(b -> b.putInt(64, lie))))
          .as("%d", lie)
          .isInstanceOf(VolumeHeader.Reading.Bad.class);
    }
  }

  @Test
  void aWrongChecksumIsToldFromAWrongPassword() throws Exception {
    byte[] keysChanged = plain().body();
    keysChanged[300] ^= 1;
    byte[] fieldsChanged = plain().body();
    fieldsChanged[100] ^= 1;

    assertThat(Volumes.open(host(keysChanged), PASSWORD, 0))
        .isEqualTo(
            new Trial.Useless(
                "the password opens the TrueCrypt header, but the checksum of its keys is wrong",
                true));
    assertThat(Volumes.open(host(fieldsChanged), PASSWORD, 0))
        .isEqualTo(
            new Trial.Useless(
                "the password opens the TrueCrypt header, but its checksum is wrong", true));
  }

  @Test
  void theCopyIsUsedWhereTheHeadersChecksumIsWrong() throws Exception {
    byte[] broken = plain().body();
    broken[300] ^= 1;
    byte[] host = host(broken);
    encrypt(plain().body(), host, (int) HOST - VolumeHeader.GROUP);

    assertThat(Volumes.opened(host, PASSWORD, 0).remark()).isEqualTo("backup header");
  }

  @Test
  void theCopyIsUsedWhereTheHeaderLiesInABadSector() throws Exception {
    byte[] host = host(plain().body());
    encrypt(plain().body(), host, (int) HOST - VolumeHeader.GROUP);
    FaultyBlockSource source = new FaultyBlockSource(new MemorySource(host));
    source.failAt(0, 512);

    Trial trial = Volumes.open(source, PASSWORD, 0);

    assertThat(trial)
        .isInstanceOfSatisfying(
            Trial.Opened.class,
            opened -> assertThat(opened.volume().remark()).isEqualTo("backup header"));
  }

  // By hand, after the specification: no program that makes one runs any more.
  @Test
  void aVolumeOfTrueCrypt5HasItsDataRightBehindTheHeader() throws Exception {
    VolumeHeader old =
        good(body(b -> b.putShort(4, (short) 3).putLong(36, 0).putLong(44, 0).putLong(52, 0)));

    assertThat(old.area(HOST, HeaderPlace.PRIMARY)).isEqualTo(new Extent(0, 512, HOST - 512));
    VolumeHeader hidden = good(body(b -> b.putShort(4, (short) 3).putLong(28, 8192)));
    assertThat(hidden.area(HOST, HeaderPlace.OLD_HIDDEN))
        .isEqualTo(new Extent(0, HOST - 8192 - 1536, 8192));
    byte[] host = host(body(b -> b.putShort(4, (short) 3)));
    assertThat(Volumes.opened(host, PASSWORD, 0).start()).isEqualTo(512);
  }

  // PIM 1 and no room for other headers, so that VeraCrypt's repetitions do not take minutes.
  @Test
  void aWrongPasswordIsAValueAndInNoText() throws Exception {
    Unlocking unlocking = Unlocking.with("tops3cr3t".getBytes(UTF_8), 1, Stop.NEVER);

    Trial trial = unlocking.open(new MemorySource(Arrays.copyOf(host(plain().body()), 8192)));

    assertThat(trial).isEqualTo(new Trial.Refused());
    assertThat(unlocking + " " + trial + " " + plain()).doesNotContain("tops3cr3t", "[B@");
  }

  @Test
  void aVolumeOf512BytesOpensNothing() throws Exception {
    byte[] host = Arrays.copyOf(host(plain().body()), 512);

    assertThat(Volumes.open(host, PASSWORD, 1)).isInstanceOf(Trial.Useless.class);
    assertThat(Volumes.open(new byte[0], PASSWORD, 1)).isEqualTo(new Trial.Refused());
    assertThat(Volumes.open(new byte[511], PASSWORD, 1)).isEqualTo(new Trial.Refused());
  }

  // 500,000 repetitions of six hashes at four places would take minutes.
  @Test
  void bytesWithAPatternAreNotTriedAtAll() throws Exception {
    byte[] text = "All work and no play makes Jack a dull boy. ".repeat(1 << 15).getBytes(UTF_8);

    assertThat(Unlocking.looksEncrypted(new MemorySource(text))).isFalse();
    assertThat(Volumes.open(text, PASSWORD, 0)).isEqualTo(new Trial.Refused());
  }

  @Test
  void whatStopsItIsNotTakenForAWrongPassword() throws Exception {
    try (Unlocking unlocking = Unlocking.with("other".getBytes(UTF_8), 0, () -> true)) {
      assertThat(unlocking.open(new MemorySource(host(plain().body()))))
          .isEqualTo(new Trial.Stopped());
    }
  }

  @Test
  void nothingIsReadAnyMoreOnceThePasswordIsWiped() throws Exception {
    Unlocking unlocking = Unlocking.with(PASSWORD.getBytes(UTF_8), 0, Stop.NEVER);
    MemorySource host = new MemorySource(host(plain().body()));
    if (!(unlocking.open(host) instanceof Trial.Opened(CryptVolume volume))) {
      throw new AssertionError("not opened");
    }

    unlocking.close();

    assertThatThrownBy(() -> volume.bytes().read(0, ByteBuffer.allocate(16)))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.GONE));
    assertThatThrownBy(() -> unlocking.open(host)).isInstanceOf(IllegalStateException.class);
  }

  // With PIM 1, or it would take a minute.
  @Test
  void howFarATrialIsGoesUpToTheEnd() throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(13).nextBytes(noise);
    List<Long> reached = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    Headway headway =
        (done, whole) -> {
          reached.add(done);
          all.add(whole);
        };
    try (Unlocking unlocking = Unlocking.with("wrong".getBytes(UTF_8), 1, Stop.NEVER, headway)) {
      assertThat(unlocking.open(new MemorySource(noise))).isEqualTo(new Trial.Refused());
    }
    assertThat(reached).isSorted();
    assertThat(all).containsOnly(all.getFirst());
    assertThat(reached.getLast()).isBetween(all.getFirst() * 99 / 100, all.getFirst());
  }
}
