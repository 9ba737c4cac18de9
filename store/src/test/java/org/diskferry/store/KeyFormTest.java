package org.diskferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.diskferry.store.StoreCapabilities.Crc32c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFormTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALSO_FOLDER")
  void anExampleHasItsFormBehindAPrefix(KeyForm form) {
    assertThat(KeyForm.of(new ObjectKey("some/prefix/" + form.example()))).contains(form);
  }

  @Test
  void aCommonKeyHasNoForm() {
    assertThat(KeyForm.of(new ObjectKey("photos/2025/a b+c (1).jpg"))).isEmpty();
  }

  @Test
  void aStoreHoldsWhatHasOnlyFormsThatItHolds() {
    Set<KeyForm> held = EnumSet.complementOf(EnumSet.of(KeyForm.TRAILING_SLASH));
    StoreCapabilities able = new StoreCapabilities(Crc32c.NONE, Set.of(), false, held, Set.of());
    assertThat(able.holds(new ObjectKey("a//b"))).isTrue();
    assertThat(able.holds(new ObjectKey("a//b/"))).isFalse();
  }
}
