package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.stack.DataVolume;

/// Everything that lies on a device, one row a name, as one scan of all its volumes found it.
///
/// It lives in files of its own directory and says nothing of orders or stores. Two catalogues of
/// the same unchanged device are equal to the byte, so that a row's number means the same file
/// after a restart, and [#digest] tells whether a device was changed in between. Rows may be read
/// by several threads, which must not be interrupted meanwhile (that would close the files); an
/// [IOException] always means the station's own disk.
public final class Catalogue implements AutoCloseable {
  private final CatalogueFiles files;
  private final boolean partitioned;

  Catalogue(CatalogueFiles files, boolean partitioned) {
    this.files = files;
    this.partitioned = partitioned;
  }

  /// Scans `volumes` into `directory`, which is emptied of an older catalogue.
  ///
  /// @throws MediaException when a volume as a whole cannot be read, or holds more than is believed
  public static Catalogue scan(List<DataVolume> volumes, Path directory)
      throws IOException, MediaException {
    Files.createDirectories(directory);
    return new CatalogueBuilder(directory, volumes).build();
  }

  /// How many rows there are.
  public int size() {
    return files.count();
  }

  /// Whether several volumes carry data, so that paths begin with `pN/`.
  public boolean isPartitioned() {
    return partitioned;
  }

  /// Row `number`, from 0 in path order.
  public Row row(int number) throws IOException {
    return files.row(number);
  }

  /// All rows in path order: the order of the bytes of their paths.
  public Rows inPathOrder() {
    FixedCursor cursor = files.rowCursor();
    return new Rows(cursor::hasNext, number -> files.decode(number, cursor.next()));
  }

  /// The regular files in the order in which their content begins on the device.
  public Rows inAddressOrder() {
    FixedCursor cursor = files.addressCursor();
    return new Rows(cursor::hasNext, ignored -> files.row(cursor.next().getInt()));
  }

  /// SHA-256 in hex over all rows.
  public String digest() {
    return files.digest();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
