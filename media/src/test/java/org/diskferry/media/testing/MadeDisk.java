package org.diskferry.media.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.block.FileSource;

/// An image that the real tools made, and what must come out of it.
///
/// @param image the file
/// @param expected every live regular file, as it was on the source
public record MadeDisk(Path image, Listing expected) {

  /// Makes a sparse file of `bytes` and formats it: `mkfs` followed by the image's path.
  public static Path format(Path image, long bytes, String... mkfs)
      throws IOException, InterruptedException {
    try (FileChannel file =
        FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), bytes - 1);
    }
    List<String> command = new ArrayList<>(List.of(mkfs));
    command.add(image.toString());
    Tool.run(command);
    return image;
  }

  /// Opens the image for reading.
  public FileSource open() throws IOException {
    return FileSource.open(image);
  }
}
