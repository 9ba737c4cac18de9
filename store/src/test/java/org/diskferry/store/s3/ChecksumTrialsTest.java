package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksumTrialsTest {
  @Test
  void theCrcIsThatOfTheCatalogue() {
    // The check value of CRC-64/NVME in the catalogue of parametrised CRC algorithms.
    assertThat(ChecksumTrials.crc64("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xAE8B14860A799888L);
  }
}
