package org.diskferry.store.s3;

/// Where a bucket's name stands in an address.
public enum AddressStyle {
  /// In the path: `https://store/bucket/key`.
  PATH,
  /// In the host: `https://bucket.store/key`.
  VIRTUAL_HOST
}
