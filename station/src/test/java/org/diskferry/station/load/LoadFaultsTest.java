package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diskferry.media.MediaException;
import org.diskferry.station.testing.Bytes;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.station.testing.LoadScene;
import org.diskferry.station.testing.Manifests;
import org.diskferry.station.testing.ToyDisk;
import org.diskferry.store.testing.Fault;
import org.diskferry.store.testing.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each call in turn fails, until a run is clean; afterwards the work goes on and ends as an
/// undisturbed one does.
class LoadFaultsTest {
  private static final int MIB = 1 << 20;

  @TempDir(factory = FastDirectory.class)
  Path directory;

  private static ToyDisk disk() {
    return new ToyDisk()
        .file("SIGNATURE", "four lines")
        .file("empty", "")
        .file("d/small", "small")
        .file("d/other", "other")
        .file("streamed", Bytes.seeded(1, MIB + 1))
        .file("parts", Bytes.seeded(2, 3 * MIB + 1));
  }

  /// What is left when all is done, times left out: those of the disturbed run differ.
  private record End(List<String> log, Map<String, Integer> objects, int uploads) {

    static End of(LoadScene scene) throws Exception {
      Map<String, Integer> objects = new TreeMap<>();
      for (String key : scene.keys()) {
        objects.put(key, java.util.Arrays.hashCode(scene.content(key)));
      }
      List<String> log = scene.log().stream().map(row -> row.substring(row.indexOf(','))).toList();
      return new End(log, objects, scene.memory().uploads(LoadScene.BUCKET, "").size());
    }
  }

  private LoadScene scene(String name) throws Exception {
    return new LoadScene(Files.createDirectory(directory.resolve(name)), disk());
  }

  private End undisturbed() throws Exception {
    try (LoadScene scene = scene("undisturbed")) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
      return End.of(scene);
    }
  }

  static Stream<Fault> storeFaults() {
    return Stream.of(Fault.denied(), Fault.down(), new Fault.AnswerLost());
  }

  @ParameterizedTest
  @MethodSource("storeFaults")
  void whicheverCallOfTheStoreFailsTheEndIsTheSame(Fault fault) throws Exception {
    End expected = undisturbed();
    boolean struck = true;
    for (int n = 1; struck; n++) {
      try (LoadScene scene = scene("call" + n)) {
        scene.store().follow(FaultPlan.nth(n, fault));
        scene.load();
        scene.prove();
        struck = scene.store().calls().size() >= n;
        scene.store().follow(FaultPlan.calm());
        assertThat(scene.load()).as("call %d", n).isInstanceOf(LoadResult.Done.class);
        assertThat(scene.prove()).as("call %d", n).isInstanceOf(ProofResult.Proven.class);
        assertThat(End.of(scene)).as("call %d", n).isEqualTo(expected);
      }
    }
  }

  @Test
  void whicheverReadFailsTheEndIsTheSameUnderTheNextRevision() throws Exception {
    End expected = undisturbed();
    boolean struck = true;
    for (int n = 1; struck; n++) {
      try (LoadScene scene = scene("read" + n)) {
        scene.device().failRead(n);
        try {
          scene.load();
        } catch (MediaException e) {
          // The toy's very first look may fail: then nothing was begun.
          assertThat(e.trouble()).isEqualTo(MediaException.Trouble.UNREADABLE);
        }
        struck = scene.device().reads() >= n;
        scene.device().heal();
        var next = Manifests.order(2, Manifests.into("bucket", ""), false);
        if (!(scene.load(next) instanceof LoadResult.Done)) {
          // What the second pass had found is stored again by now.
          assertThat(scene.load(next)).isInstanceOf(LoadResult.Done.class);
        }
        assertThat(scene.prove(next)).isInstanceOf(ProofResult.Proven.class);
        assertThat(End.of(scene)).as("read %d", n).isEqualTo(expected);
      }
    }
  }

  @Test
  void wheneverTheDeviceVanishesTheEndIsTheSameOnceItIsBack() throws Exception {
    End expected = undisturbed();
    boolean struck = true;
    for (int n = 0; struck; n++) {
      try (LoadScene scene = scene("gone" + n)) {
        scene.device().vanishAfter(n);
        struck = false;
        try {
          assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
        } catch (MediaException e) {
          assertThat(e.trouble()).isEqualTo(MediaException.Trouble.GONE);
          struck = true;
        }
        scene.device().heal();
        assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
        assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
        assertThat(End.of(scene)).as("after %d reads", n).isEqualTo(expected);
      }
    }
  }
}
