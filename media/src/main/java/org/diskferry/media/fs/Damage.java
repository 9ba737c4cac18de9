package org.diskferry.media.fs;

/// Something of the volume that a scan could not read, and what that costs.
///
/// @param id the directory or node whose entries or content are lost, in whole or in part; -1 where
///   not even that is known
/// @param reason with the place and the numbers, for the customer
public record Damage(long id, String reason) {}
