package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class XmlReaderFuzzTest {

  @FuzzTest
  void anyBytesAreADocumentOrSaidNotToBe(byte[] bytes) {
    try {
      assertThat(XmlReader.read(bytes).name()).isNotEmpty();
    } catch (XmlException e) {
      assertThat(e).hasMessageContaining("not the XML of a store");
    }
  }
}
