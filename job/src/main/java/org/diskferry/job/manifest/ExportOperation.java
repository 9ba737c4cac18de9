package org.diskferry.job.manifest;

/// Which objects of a bucket an export writes, and where to. Guide, "Operations Export Manifest
/// Option". Keys compare by the bytes of their UTF-8; empty text means no bound.
///
/// @param bucket whose objects
/// @param prefix only keys that begin so
/// @param beginMarker only keys after this one
/// @param endMarker only keys up to and with this one
/// @param targetDirectory directory on the device, without slash at its ends; empty for the root
public record ExportOperation(
    String bucket, String prefix, String beginMarker, String endMarker, String targetDirectory) {}
