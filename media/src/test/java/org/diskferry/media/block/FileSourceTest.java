package org.diskferry.media.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.testing.BlockSourceContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest extends BlockSourceContract {
  @Override
  protected BlockSource source(byte[] content, Path folder) throws IOException {
    return FileSource.open(Files.write(folder.resolve("image"), content));
  }

  @Test
  void anImageThatIsCutShortWhileItIsReadIsGone(@TempDir Path folder) throws Exception {
    Path image = Files.write(folder.resolve("image"), new byte[1_000]);
    try (FileSource source = FileSource.open(image);
        RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(100);
      assertThatThrownBy(() -> source.read(50, ByteBuffer.allocate(100)))
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.GONE))
          .hasMessageContaining("byte 100");
    }
  }
}
