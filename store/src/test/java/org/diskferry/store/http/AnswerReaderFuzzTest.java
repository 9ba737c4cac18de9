package org.diskferry.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerReaderFuzzTest {

  @FuzzTest
  void anyBytesAreAnAnswerOrSaidNotToBe(byte[] bytes) throws IOException {
    read(bytes);
  }

  /// Answers whether it was one.
  private static boolean read(byte[] bytes) throws IOException {
    ByteBuffer sent = ByteBuffer.wrap(bytes);
    AnswerReader reader = new AnswerReader(new Input(target -> some(sent, target)));
    Receiver.Collecting receiver = new Receiver.Collecting();
    try {
      AnswerHead head = reader.finalHead();
      reader.body("GET", head, receiver);
      assertThat(head.status()).isBetween(200, 599);
      assertThat(receiver.bytes().length).isLessThanOrEqualTo(bytes.length);
      return true;
    } catch (ProtocolException | EOFException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return false;
    }
  }

  private static int some(ByteBuffer sent, ByteBuffer target) {
    if (!sent.hasRemaining()) {
      return -1;
    }
    int count = Math.min(Math.min(7, sent.remaining()), target.remaining());
    target.put(sent.slice().limit(count));
    sent.position(sent.position() + count);
    return count;
  }

  @Test
  void mutilatedAnswersNeverDoHarm() throws IOException {
    String chunked =
        String.join(
            "\r\n",
            "HTTP/1.1 100 on",
            "",
            "HTTP/1.1 200 ok",
            "Date: x",
            "Transfer-Encoding: chunked",
            "",
            "5;a=b",
            "hello",
            "0",
            "t: v",
            "",
            "");
    String sized = "HTTP/1.1 206 ok\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\nhello";
    assertThat(read(chunked.getBytes(StandardCharsets.US_ASCII))).isTrue();
    assertThat(read(sized.getBytes(StandardCharsets.US_ASCII))).isTrue();
    Random random = new Random(3);
    int bad = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = (i % 2 == 0 ? chunked : sized).getBytes(StandardCharsets.US_ASCII);
      for (int j = random.nextInt(3); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean() ? (byte) random.nextInt(256) : (byte) '\n';
      }
      bad += read(bytes) ? 0 : 1;
    }
    assertThat(bad).isBetween(300, 2900);
  }
}
