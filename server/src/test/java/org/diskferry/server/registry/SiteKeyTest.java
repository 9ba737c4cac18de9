package org.diskferry.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteKeyTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @Test
  void aKeyFileIsMadeOnceAndForItsOwner() throws Exception {
    Path file = directory.resolve("site.key");
    SiteKey made = SiteKey.readOrCreate(file);
    assertThat(SiteKey.readOrCreate(file).mark()).isEqualTo(made.mark());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list()).containsExactly("site.key");
  }

  @Test
  void aKeyFileThatOthersCanReadIsRefused() throws Exception {
    Path file = directory.resolve("site.key");
    SiteKey.readOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SiteKey.readOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aKeyFileOfAnotherLengthIsRefused() throws Exception {
    Path file = directory.resolve("site.key");
    SiteKey.readOrCreate(file);
    Files.write(file, new byte[31]);
    assertThatThrownBy(() -> SiteKey.readOrCreate(file)).hasMessageContaining("31 bytes");
  }

  @Test
  void eachUseHasItsOwnKey() {
    SiteKey key = SiteKey.random(new SecureRandom());
    assertThat(key.derive("a", "AES").getEncoded())
        .isEqualTo(key.derive("a", "AES").getEncoded())
        .isNotEqualTo(key.derive("b", "AES").getEncoded())
        .hasSize(32);
  }

  @Test
  void aSealOpensForItsKeyAndPlaceOnly() {
    Seal seal = seal();
    byte[] closed = seal.close(TEXT, "here");
    assertThat(seal.open(closed, "here")).isEqualTo(TEXT);
    assertThat(seal.close(TEXT, "here")).isNotEqualTo(closed);
    assertThatThrownBy(() -> seal.open(closed, "there")).isInstanceOf(BrokenSealException.class);
    assertThatThrownBy(() -> seal().open(closed, "here")).isInstanceOf(BrokenSealException.class);
  }

  @Test
  void aSealThatWasTouchedAnywhereDoesNotOpen() {
    Seal seal = seal();
    byte[] closed = seal.close(TEXT, "here");
    for (int i = 0; i < closed.length; i++) {
      byte[] touched = closed.clone();
      touched[i] ^= 1;
      assertThatThrownBy(() -> seal.open(touched, "here")).isInstanceOf(BrokenSealException.class);
    }
    assertThatThrownBy(() -> seal.open(new byte[5], "here"))
        .isInstanceOf(BrokenSealException.class);
  }

  private static Seal seal() {
    SecureRandom random = new SecureRandom();
    return new Seal(SiteKey.random(random).derive("test", "AES"), random);
  }
}
