package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {

  private static XmlElement read(String text) throws XmlException {
    return XmlReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void elementsTextAndReferencesAreRead() throws Exception {
    XmlElement root =
        read(
            "\uFEFF<?xml version='1.0'?>\n<!-- <a> --><s3:R xmlns:s3=\"x>y\" b='/>'>"
                + " <A>1 &lt; 2 &#38; &#x1F600;&#x2;</A><B/><A><![CDATA[<&>]]></A><!-- - -->"
                + "<C a = 'b' ><D>deep</D></C ></s3:R>");
    assertThat(root.name()).isEqualTo("R");
    assertThat(root.all("A"))
        .extracting(XmlElement::text)
        .containsExactly("1 < 2 & \uD83D\uDE00\u0002", "<&>");
    assertThat(root.text("B")).isEmpty();
    assertThat(root.first("C").orElseThrow().text("D")).isEqualTo("deep");
    assertThat(root.first("E")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<",
        "<a",
        "<a>",
        "<a></b>",
        "<a><b></a></b>",
        "<a>&unknown;</a>",
        "<a>&#xFFFFFFFF;</a>",
        "<a>&#-1;</a>",
        "<a>& b</a>",
        "<a b='c></a>",
        "<a><![CDATA[ </a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\">]><lolz>&lol;</lolz>"
      })
  void whatIsNotXmlIsSaid(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(XmlException.class);
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> read("<a>".repeat(100_000))).hasMessageContaining("levels");
  }

  @Test
  void mutilatedDocumentsNeverDoHarm() {
    String good = "<A><B c='d'>x &amp; y</B><![CDATA[z]]><!-- c --><E/></A>";
    Random random = new Random(20);
    int bad = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "<>/&;![]-'\"".charAt(random.nextInt(11));
      }
      try {
        XmlReader.read(bytes);
      } catch (XmlException e) {
        bad++;
      }
    }
    assertThat(bad).isGreaterThan(1000);
  }
}
