package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.diskferry.postgres.testing.NotRun;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watches the system calls of a depot: the answer must come after the syncs and after the index.
class SyncOrderTest {
  private static final Path STRACE = Path.of("/usr/bin/strace");

  @TempDir Path temporary;

  @Test
  void theAnswerComesAfterTheSyncsAndTheIndex() throws Exception {
    if (!Files.isExecutable(STRACE)) {
      throw NotRun.because(getClass(), "the order of syncs and answers", "strace");
    }
    Path trace = temporary.resolve("trace");
    List<String> strace =
        List.of(
            STRACE.toString(),
            "-f",
            "-y",
            "-s",
            "400",
            "-e",
            "trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto,sendmsg",
            "-o",
            trace.toString());
    try (TestDatabase database = TestDatabase.create()) {
      try (ChildDepot depot =
          ChildDepot.start(database.login(), temporary.resolve("depot"), strace)) {
        S3Client client = S3Client.signing(depot.endpoint(), TestDepot.OWNER);
        client.put("bucket", "", "");
        assertThat(client.put("bucket", "warm", "x").status()).isEqualTo(200);
        assertThat(client.put("bucket", "small", "tiny").status()).isEqualTo(200);
        assertThat(client.put("bucket", "large", new byte[2_000_000]).status()).isEqualTo(200);
      }
    }
    List<String> calls = Files.readAllLines(trace);
    List<Integer> answers = answers(calls);
    assertThat(answers).hasSize(4);
    assertSmall(calls.subList(answers.get(1) + 1, answers.get(2) + 1));
    assertLarge(calls.subList(answers.get(2) + 1, answers.get(3) + 1));
  }

  private static void assertSmall(List<String> calls) {
    int sync = completed(calls, "fdatasync(", "/packed/");
    int index = first(calls, "INSERT INTO depot.object", "socket");
    assertThat(index).isGreaterThan(sync);
    assertThat(calls.size() - 1).isGreaterThan(index);
  }

  private static void assertLarge(List<String> calls) {
    int sync = completed(calls, "fdatasync(", "/incoming/");
    int rename = first(calls, "rename", "/incoming/");
    int directory = completed(calls, "fsync(", "/loose/");
    int index = first(calls, "INSERT INTO depot.object", "socket");
    assertThat(rename).isGreaterThan(sync);
    assertThat(directory).isGreaterThan(rename);
    assertThat(index).isGreaterThan(directory);
    assertThat(calls.size() - 1).isGreaterThan(index);
  }

  private static List<Integer> answers(List<String> calls) {
    return IntStream.range(0, calls.size())
        .filter(i -> calls.get(i).contains("HTTP/1.1 200"))
        .boxed()
        .toList();
  }

  /// Where a call that names a file has returned success, be it interrupted in the log or not.
  private static int completed(List<String> calls, String call, String file) {
    int begun = first(calls, call, file);
    String line = calls.get(begun);
    if (!line.contains("<unfinished")) {
      assertThat(line).endsWith("= 0");
      return begun;
    }
    String thread = line.substring(0, line.indexOf(' '));
    String name = call.substring(0, call.length() - 1);
    for (int i = begun + 1; i < calls.size(); i++) {
      if (calls.get(i).startsWith(thread + " ") && calls.get(i).contains(name + " resumed")) {
        assertThat(calls.get(i)).endsWith("= 0");
        return i;
      }
    }
    throw new AssertionError(call + " on " + file + " did not return before the answer");
  }

  private static int first(List<String> calls, String call, String file) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).contains(call) && calls.get(i).contains(file)) {
        return i;
      }
    }
    throw new AssertionError(call + " on " + file + " is not among\n" + String.join("\n", calls));
  }
}
