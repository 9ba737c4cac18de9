package org.diskferry.server.testing;

/// A manifest of an import that is good, for tests that are about something else.
public final class SampleManifest {
  private SampleManifest() {}

  /// Into a bucket, with its log in another.
  public static String importInto(String bucket, String logBucket) {
    return """
    manifestVersion: 2.0
    deviceId: TestDevice1
    bucket: %s
    logBucket: %s
    eraseDevice: yes
    notificationEmail: jane.roe@example.com
    returnAddress:
      name: Jane Roe
      company: Example Corp.
      street1: 123 Any Street
      city: Anytown
      stateOrProvince: WA
      postalCode: 91011-1111
      phoneNumber: 206-555-1111
      country: USA
    """
        .formatted(bucket, logBucket);
  }

  /// Into the bucket that tests have.
  public static String good() {
    return importInto("bucket-1", "bucket-1");
  }

  /// Out of a bucket.
  public static String exportFrom(String bucket) {
    return """
    manifestVersion: 2.0
    deviceId: TestDevice1
    logBucket: %1$s
    fileSystem: NTFS
    trueCryptPassword: only a test
    notificationEmail: jane.roe@example.com
    operations:
      - exportBucket: %1$s
    returnAddress:
      name: Jane Roe
      company: Example Corp.
      street1: 123 Any Street
      city: Anytown
      stateOrProvince: WA
      postalCode: 91011-1111
      phoneNumber: 206-555-1111
      country: USA
    """
        .formatted(bucket);
  }
}
