package org.diskferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class UnpackerTest {
  @TempDir private Path directory;

  @Test
  void filesAndLinksArriveAsTheyWere() throws Exception {
    Path to = directory.resolve("to");
    Unpacker.unpack(archive(file("bin/tool", "hello", 0755), link("bin/alias", "tool")), to);
    assertThat(to.resolve("bin/alias")).hasContent("hello").isSymbolicLink();
    assertThat(Files.isExecutable(to.resolve("bin/tool"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escaped", "a/../../escaped", "/../escaped"})
  void anEntryThatLeadsOutsideIsRefused(String name) throws Exception {
    Path to = directory.resolve("to");
    assertThatThrownBy(() -> Unpacker.unpack(archive(file(name, "x", 0644)), to))
        .hasMessageContaining("outside");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aLinkThatLeadsOutsideIsRefused() throws Exception {
    Path to = directory.resolve("to");
    assertThatThrownBy(() -> Unpacker.unpack(archive(link("a/out", "../../out")), to))
        .hasMessageContaining("outside");
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    Path to = directory.resolve("to");
    assertThatThrownBy(() -> Unpacker.unpack(archive(link("a", "b"), file("a/x", "x", 0644)), to))
        .hasMessageContaining("behind a link");
  }

  @Test
  void anArchiveThatIsCutShortLeavesNothing() throws Exception {
    byte[] whole = archive(file("a", "some text", 0644)).readAllBytes();
    InputStream cut = new ByteArrayInputStream(whole, 0, whole.length - 20);
    assertThatThrownBy(() -> Unpacker.unpack(cut, directory.resolve("to")))
        .isInstanceOf(IOException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theSlowerOfTwoLeavesTheOthersWorkAlone() throws Exception {
    Path to = directory.resolve("to");
    Unpacker.unpack(archive(file("a", "first", 0644)), to);
    Unpacker.unpack(archive(file("a", "second", 0644)), to);
    assertThat(to.resolve("a")).hasContent("first");
    assertThat(directory).isDirectoryContaining(to::equals);
    assertThat(directory.toFile().list()).hasSize(1);
  }

  private record Entry(TarArchiveEntry head, String content) {}

  private static Entry file(String name, String text, int mode) {
    TarArchiveEntry head = new TarArchiveEntry(name, true);
    head.setSize(text.getBytes(StandardCharsets.UTF_8).length);
    head.setMode(mode);
    return new Entry(head, text);
  }

  private static Entry link(String name, String target) {
    TarArchiveEntry head = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    head.setLinkName(target);
    return new Entry(head, "");
  }

  private static InputStream archive(Entry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
      for (Entry entry : entries) {
        tar.putArchiveEntry(entry.head());
        tar.write(entry.content().getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
