package org.diskferry.job.dispatch;

/// What tells a device from every other one, as far as that can be told.
///
/// @param fingerprint the same for the same device in any bay: WWN or serial number and size of a
///   disk, file identity (device, inode) of an image
/// @param description for people: model, serial number, or the image's name
/// @param size bytes
public record DeviceIdentity(String fingerprint, String description, long size) {}
