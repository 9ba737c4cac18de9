package org.diskferry.media.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "Größe 😀.txt", "...", "..a", "a..", ".a", " ", "a\\b", "a:b"})
  void aNameThatPeopleGiveIsValidAndShownAsItIs(String name) {
    assertThat(FileName.ofUtf16(name).isValid()).isTrue();
    assertThat(FileName.ofUtf16(name).text()).isEqualTo(name);
    assertThat(FileName.ofUtf8(name.getBytes(UTF_8))).isEqualTo(FileName.ofUtf16(name));
  }

  @Test
  void aNameThatWouldChangeThePathAroundItIsNotValidAndShowsWhy() {
    assertThat(FileName.ofUtf16("../etc").text()).isEqualTo("..\\x2Fetc");
    assertThat(FileName.ofUtf16("a/b").isValid()).isFalse();
    assertThat(FileName.ofUtf16("a\0b").text()).isEqualTo("a\\x00b");
    assertThat(FileName.ofUtf16("a\0b").isValid()).isFalse();
    assertThat(FileName.ofUtf16("..").text()).isEqualTo("\\x2E\\x2E");
    assertThat(FileName.ofUtf16("..").isValid()).isFalse();
    assertThat(FileName.ofUtf8(new byte[] {'.'}).isValid()).isFalse();
    assertThat(FileName.ofUtf8(new byte[0]).isValid()).isFalse();
  }

  @Test
  void anUnpairedSurrogateIsNotValidAndStaysDifferentFromOthers() {
    FileName high = FileName.ofUtf16("a\uD83Db");
    FileName low = FileName.ofUtf16("a\uDE00b");
    assertThat(high.isValid()).isFalse();
    assertThat(high).isNotEqualTo(low);
    assertThat(high.text()).isEqualTo("a\\xED\\xA0\\xBDb");
  }

  @Test
  void bytesThatAreNoUtf8AreShownOneByOne() {
    FileName name = FileName.ofUtf8(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, (byte) 0xA4});
    assertThat(name.isValid()).isFalse();
    assertThat(name.text()).isEqualTo("a\\xFFä");
  }
}
