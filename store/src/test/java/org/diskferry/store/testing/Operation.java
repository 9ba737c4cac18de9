package org.diskferry.store.testing;

/// The calls of an object store.
public enum Operation {
  REGION,
  PUT,
  BEGIN,
  PART,
  COMPLETE,
  ABORT,
  UPLOADS,
  HEAD,
  HEADERS,
  READ,
  LIST,
  DELETE
}
