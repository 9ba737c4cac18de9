package org.diskferry.media.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our own hashes and repetitions beside PBKDF2 of Bouncy Castle. Volumes that other programs made
/// are opened in [KitVolumesTest] and [MadeVolumesTest].
class KeyDerivationTest {
  private static final int LENGTH = Cascade.MOST_KEYS;

  private final Random random = new Random(11);

  private static byte[] expected(Hash hash, byte[] password, byte[] salt, int iterations) {
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(hash.digest());
    generator.init(password, salt, iterations);
    KeyParameter key = (KeyParameter) generator.generateDerivedMacParameters(LENGTH * Byte.SIZE);
    return key.getKey();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  // Passwords around the 64 and 128 bytes that a block of a hash has: longer ones are hashed first.
  @ParameterizedTest
  @EnumSource
  void isWhatAnotherLibraryDerives(Hash hash) {
    for (int length : new int[] {1, 20, 63, 64, 65, 100, 127, 128, 129}) {
      byte[] password = bytes(length);
      byte[] salt = bytes(VolumeHeader.SALT);
      try (KeyDerivation derivation = new KeyDerivation(hash, password, salt, 1500)) {
        assertThat(derivation.first(LENGTH))
            .as("password of %d bytes", length)
            .isEqualTo(expected(hash, password, salt, 1500));
      }
    }
  }

  // Sums that carry, bytes of every value: what a few derivations may never meet.
  @ParameterizedTest
  @EnumSource
  void holdsForManyPasswordsAndFewRepetitions(Hash hash) {
    for (int i = 0; i < 300; i++) {
      byte[] password = bytes(12);
      byte[] salt = bytes(VolumeHeader.SALT);
      int iterations = 1 + i % 5;
      try (KeyDerivation derivation = new KeyDerivation(hash, password, salt, iterations)) {
        assertThat(derivation.first(LENGTH)).isEqualTo(expected(hash, password, salt, iterations));
      }
    }
  }

  @Test
  void theBeginningOfAKeyDoesNotDependOnHowMuchOfItIsAskedFor() {
    byte[] password = bytes(10);
    byte[] salt = bytes(VolumeHeader.SALT);
    byte[] whole = expected(Hash.RIPEMD_160, password, salt, 2000);
    try (KeyDerivation derivation = new KeyDerivation(Hash.RIPEMD_160, password, salt, 2000)) {
      assertThat(whole).startsWith(derivation.first(64));
      assertThat(derivation.first(LENGTH)).isEqualTo(whole);
      assertThat(whole).startsWith(derivation.first(128));
    }
  }

  @Test
  void oneThatWasStoppedCanBeBegunAgain() {
    byte[] password = bytes(10);
    byte[] salt = bytes(VolumeHeader.SALT);
    AtomicInteger asked = new AtomicInteger();
    try (KeyDerivation derivation = new KeyDerivation(Hash.STREEBOG, password, salt, 9000)) {
      assertThatThrownBy(() ->
              derivation.first(
                  LENGTH, () -> asked.incrementAndGet() > 12, KeyDerivation.Ticks.NONE))
          .isInstanceOf(CancellationException.class);
      assertThat(derivation.first(LENGTH)).isEqualTo(expected(Hash.STREEBOG, password, salt, 9000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRepetitionIsCounted(Hash hash) {
    List<Integer> counts = new ArrayList<>();
    try (KeyDerivation derivation =
        new KeyDerivation(hash, bytes(10), bytes(VolumeHeader.SALT), 3000)) {
      derivation.first(LENGTH, Stop.NEVER, counts::add);
    }
    int blocks = Math.ceilDiv(LENGTH, hash.length());
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(blocks * 2999);
    assertThat(KeyDerivation.repetitions(hash, 3000, LENGTH)).isEqualTo(blocks * 3000L);
  }

  // A repetition that was closed has nothing of its key: it gives what a key of zeros would at
  // most.
  @ParameterizedTest
  @EnumSource
  void whatWasMadeOfTheKeyIsWiped(Hash hash) {
    byte[] round = bytes(hash.length());
    byte[] first = round.clone();
    byte[] second = round.clone();
    Repetition repetition = hash.repetition(bytes(30));
    repetition.close();
    repetition.repeat(first, new byte[first.length], 1);
    Repetition other = hash.repetition(bytes(30));
    other.close();
    other.repeat(second, new byte[second.length], 1);
    assertThat(first).isEqualTo(second);
  }
}
