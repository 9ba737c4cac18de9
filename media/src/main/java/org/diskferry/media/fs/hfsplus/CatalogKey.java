package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// Where a record of the catalogue belongs: TN1150, "Catalog File Key".
///
/// @param parent CNID of the folder; of the thing itself in the key of its thread
/// @param name as stored, UTF-16; empty in the key of a thread
record CatalogKey(long parent, String name) {
  private static final int NAME = 6;

  static CatalogKey read(ByteBuffer key) throws MediaException {
    int length = key.capacity() < NAME ? -1 : Fields.u16(key, 4);
    if (length < 0 || NAME + 2 * length > key.capacity()) {
      throw MediaException.damaged(
          "a key of " + key.capacity() + " bytes with " + length + " units");
    }
    return new CatalogKey(Fields.u32(key, 0), Fields.units(key, NAME, length));
  }
}
