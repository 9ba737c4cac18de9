package org.diskferry.depot.index;

/// A blob in an object's content.
///
/// @param at byte of the object where it begins
/// @param number of the part that it was; 0 where the object was stored in one go
/// @param blob id
/// @param length bytes
/// @param checksum the one that the client chose for the part; empty if none
public record Piece(long at, int number, long blob, long length, String checksum) {}
