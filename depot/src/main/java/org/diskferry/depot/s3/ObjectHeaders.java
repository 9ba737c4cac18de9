package org.diskferry.depot.s3;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Headers;

/// The headers that an object is stored with and comes back with.
final class ObjectHeaders {
  static final String STANDARD = "STANDARD";

  private static final String META = "x-amz-meta-";

  /// Bytes of all names and values of user metadata, as S3 has it.
  private static final int MOST_METADATA = 2048;

  private static final List<String> KEPT =
      List.of(
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-type",
          "expires");

  private static final List<String> CLASSES =
      List.of(
          STANDARD,
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "GLACIER_IR",
          "DEEP_ARCHIVE");

  private ObjectHeaders() {}

  /// Those of a request that stores an object.
  static Headers of(S3Request request) throws S3Fault {
    SortedMap<String, String> fields = new TreeMap<>();
    for (String name : KEPT) {
      String value = request.header(name);
      if (name.equals("content-encoding")) {
        value = withoutChunks(value);
      }
      if (!value.isEmpty()) {
        fields.put(name, value);
      }
    }
    fields.putIfAbsent("content-type", "binary/octet-stream");
    Map<String, String> metadata = request.headers(META);
    int size = 0;
    for (Map.Entry<String, String> field : metadata.entrySet()) {
      size += field.getKey().length() - META.length() + field.getValue().length();
    }
    if (size > MOST_METADATA) {
      throw new S3Fault(S3Code.MetadataTooLarge);
    }
    fields.putAll(metadata);
    return new Headers(fields);
  }

  /// Those of an answer about an object; without length and range.
  static Answer.Fields about(Facts facts) {
    Answer.Fields fields = new Answer.Fields();
    fields.putAll(facts.headers().fields());
    fields.putAll(validators(facts).map());
    fields.put("accept-ranges", "bytes");
    if (!facts.storageClass().equals(STANDARD)) {
      fields.put("x-amz-storage-class", facts.storageClass());
    }
    return fields;
  }

  /// By which a client tells whether what it has is still so.
  static Answer.Fields validators(Facts facts) {
    return new Answer.Fields()
        .put("etag", quoted(facts.etag()))
        .put("last-modified", Times.http(facts.modified()));
  }

  /// The storage class that a request asks for.
  static String storageClass(S3Request request) throws S3Fault {
    String name = request.header("x-amz-storage-class");
    if (!name.isEmpty() && !CLASSES.contains(name)) {
      throw new S3Fault(S3Code.InvalidStorageClass);
    }
    return name.isEmpty() ? STANDARD : name;
  }

  static String quoted(String etag) {
    return "\"" + etag + "\"";
  }

  /// `aws-chunked` is how the body was sent, not what it is.
  private static String withoutChunks(String encodings) {
    return Arrays.stream(encodings.split(",", -1))
        .map(String::strip)
        .filter(encoding -> !encoding.equalsIgnoreCase("aws-chunked") && !encoding.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
