package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.diskferry.job.JobType;

/// Whatever the text, it is accepted or refused, and what is masked can be restored.
class ManifestFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void anyTextIsAcceptedOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (JobType type : JobType.values()) {
      if (Reading.of(type, text) instanceof ManifestResult.Accepted) {
        assertThat(Masked.restore(Masked.text(text), text)).isEqualTo(text);
      }
    }
  }
}
