package org.diskferry.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class XmlTest {

  @Test
  void whatXmlCannotHoldIsReplaced() {
    assertThat(text("a\u0000b\u0001c\uFFFEd\uD800e\uDC00f\u001F"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFD");
  }

  @Test
  void whatXmlCanHoldIsKept() {
    assertThat(text("tab\tlf\n é \uD83D\uDCBE \uE000 \uFFFD"))
        .isEqualTo("tab\tlf\n é \uD83D\uDCBE \uE000 \uFFFD");
  }

  @Test
  void marksAndCarriageReturnsAreWrittenAsReferences() {
    assertThat(text("<a> & b]]>\r\n")).isEqualTo("&lt;a&gt; &amp; b]]&gt;&#xD;\n");
  }

  @Test
  void anEmptyTextIsNoElement() {
    assertThat(new Xml().root("R", "n").text("A", "").number("B", 0).flag("C", false).close().end())
        .endsWith("<R xmlns=\"n\"><B>0</B><C>false</C></R>\n");
  }

  @Test
  void anElementThatHasNotEndedIsAnErrorOfOurs() {
    Xml xml = new Xml().root("R", "n").open("A");

    assertThatThrownBy(xml::end).hasMessage("element A has not ended");
  }

  private static String text(String value) {
    String xml = new Xml().root("R", "n").text("A", value).close().end();
    return xml.substring(xml.indexOf("<A>") + 3, xml.indexOf("</A>"));
  }
}
