package org.diskferry.job.manifest;

/// The formats of the encrypted container that an export makes. The guide knows the first alone;
/// the second is ours, since the program that opens the first is not maintained any more.
public enum ContainerFormat {
  /// Of TrueCrypt 7.1a. Guide, "Using TrueCrypt Encryption with Export from Amazon S3".
  TRUECRYPT,
  /// Of VeraCrypt, which TrueCrypt does not open.
  VERACRYPT
}
