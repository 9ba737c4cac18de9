package org.diskferry.depot.index;

import javax.sql.DataSource;
import org.diskferry.depot.blob.Ledger;

/// The index of one depot.
///
/// @param buckets all of them
/// @param objects of all buckets
/// @param listing of objects
/// @param uploads of all buckets
/// @param ledger of the blobs
public record Index(
    Buckets buckets, Objects objects, Listing listing, Uploads uploads, Ledger ledger) {

  /// Opens the index in a database, making or upgrading its schema.
  public static Index open(DataSource source) {
    Database database = Database.open(source);
    return new Index(
        new Buckets(database),
        new Objects(database),
        new Listing(database),
        new Uploads(database),
        new SqlLedger(database));
  }
}
