package org.diskferry.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.server.http.BodyReader.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
  private static final int LIMIT = 100_000;
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final BodyReader reader = new BodyReader(LIMIT, now::get);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_192, 8_193, LIMIT})
  void aBodyWithinTheLimitIsReadToItsEnd(int length) throws IOException {
    assertThat(read(new Trickle(length, 0), length)).isEqualTo(length);
    assertThat(read(new Trickle(length, 0), -1)).isEqualTo(length);
  }

  @Test
  void aLargerBodyIsRefusedWithoutReadingWhatIsAnnounced() throws IOException {
    Trickle untouched = new Trickle(LIMIT + 1, 0);

    assertThat(reader.read(untouched, LIMIT + 1L)).isEqualTo(new Reading.TooLarge());
    assertThat(untouched.left).isEqualTo(LIMIT + 1);
  }

  @Test
  void aBodyThatIsLargerThanItSaidIsNotReadToItsEnd() throws IOException {
    Trickle endless = new Trickle(Integer.MAX_VALUE, 0);

    assertThat(reader.read(endless, -1)).isEqualTo(new Reading.TooLarge());
    assertThat(Integer.MAX_VALUE - endless.left).isLessThan(LIMIT + 20_000);
  }

  @Test
  void aBodyThatTricklesIsGivenUp() throws IOException {
    long perRead = Duration.ofSeconds(1).toNanos();

    assertThat(reader.read(new Trickle(LIMIT, perRead), LIMIT)).isEqualTo(new Reading.TooSlow());
    assertThat(read(new Trickle(50, perRead), 50)).isEqualTo(50);
  }

  @Test
  void manyLargeBodiesMayFollowEachOther() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertThat(read(new ByteArrayInputStream(new byte[70_000]), -1)).isEqualTo(70_000);
    }
  }

  private int read(InputStream in, long announced) throws IOException {
    return reader.read(in, announced) instanceof Reading.Whole whole ? whole.body().length : -1;
  }

  /// Gives one byte a read where reads take time.
  private final class Trickle extends InputStream {
    private final long nanosPerRead;
    private int left;

    Trickle(int length, long nanosPerRead) {
      this.left = length;
      this.nanosPerRead = nanosPerRead;
    }

    @Override
    public int read() {
      throw new AssertionError("byte by byte");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      now.addAndGet(nanosPerRead);
      int n = Math.min(left, nanosPerRead == 0 ? length : 1);
      left -= n;
      return n == 0 ? -1 : n;
    }
  }
}
