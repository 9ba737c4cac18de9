package org.diskferry.depot.s3;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.index.Index;

/// Which request is which operation: by what the path names, the method, and the parameters that
/// name a part of the thing.
final class Operations {
  /// Parameters that make a request another operation than it is without them, and that are not
  /// supported. Parameters that are in neither list change nothing, as with S3.
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "accelerate",
          "analytics",
          "cors",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "renameObject",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "torrent",
          "versions",
          "website");

  /// In this order they are looked for: the first that is there counts.
  private static final List<String> NAMED =
      List.of(
          "acl",
          "attributes",
          "delete",
          "lifecycle",
          "location",
          "tagging",
          "uploadId",
          "uploads",
          "versioning");

  private final Map<String, Operation> table = new HashMap<>();

  Operations(Index index, Blobs blobs, Authorization authorization) {
    table.put("GET service", new ListBuckets(index, authorization));
    addBuckets(index, authorization);
    addObjects(index, blobs, authorization);
    addUploads(index, blobs, authorization);
  }

  /// The operation that a request asks for.
  Operation of(S3Request request) throws S3Fault {
    checkSupported(request.query());
    String name = name(request);
    Operation operation = table.get(name);
    if (operation != null) {
      return operation;
    }
    boolean part = NAMED.stream().anyMatch(request.query()::has);
    throw part || request.head().method().equals("POST")
        ? new S3Fault(S3Code.NotImplemented, "There is no operation " + name + ".")
        : new S3Fault(S3Code.MethodNotAllowed);
  }

  private void addBuckets(Index index, Authorization authorization) {
    BucketOperations bucket = new BucketOperations(index, authorization);
    BucketAcl acl = new BucketAcl(index, authorization);
    table.put("PUT bucket", new CreateBucket(index, authorization));
    table.put("HEAD bucket", bucket::head);
    table.put("DELETE bucket", bucket::delete);
    table.put("GET bucket", new ListObjects(index, authorization));
    table.put("GET bucket list-type=2", new ListObjectsV2(index, authorization));
    table.put("GET bucket location", bucket::location);
    table.put("GET bucket versioning", bucket::versioning);
    table.put("GET bucket acl", acl::read);
    table.put("PUT bucket acl", acl::write);
    BucketLifecycle lifecycle = new BucketLifecycle(index, authorization);
    table.put("GET bucket lifecycle", lifecycle::read);
    table.put("PUT bucket lifecycle", lifecycle::write);
    table.put("DELETE bucket lifecycle", lifecycle::delete);
    table.put("POST bucket delete", new DeleteObjects(index, authorization));
  }

  private void addObjects(Index index, Blobs blobs, Authorization authorization) {
    ObjectAcl acl = new ObjectAcl(index, authorization);
    table.put("PUT object", new PutObject(index, blobs, authorization));
    table.put("PUT object copy", new CopyObject(index, blobs, authorization));
    table.put("GET object", new GetObject(index, blobs, authorization, true));
    table.put("HEAD object", new GetObject(index, blobs, authorization, false));
    table.put("DELETE object", new DeleteObject(index, authorization));
    table.put("GET object acl", acl::read);
    table.put("PUT object acl", acl::write);
    table.put("GET object tagging", new ObjectTagging(index, authorization));
    table.put("GET object attributes", new ObjectAttributes(index, authorization));
  }

  private void addUploads(Index index, Blobs blobs, Authorization authorization) {
    UploadPart part = new UploadPart(index, blobs, authorization);
    UploadOperations uploads = new UploadOperations(index, authorization);
    table.put("POST object uploads", uploads::begin);
    table.put("PUT object uploadId", part);
    table.put("PUT object uploadId copy", new CopyPart(index, blobs, authorization));
    table.put("POST object uploadId", new CompleteUpload(index, authorization));
    table.put("DELETE object uploadId", uploads::abort);
    table.put("GET object uploadId", new ListParts(index, authorization));
    table.put("GET bucket uploads", new ListUploads(index, authorization));
  }

  private static String name(S3Request request) {
    StringBuilder name = new StringBuilder(request.head().method());
    name.append(
        switch (request.target()) {
          case Target.OfService _ -> " service";
          case Target.OfBucket _ -> " bucket";
          case Target.OfObject _ -> " object";
        });
    NAMED.stream()
        .filter(request.query()::has)
        .findFirst()
        .ifPresent(part -> name.append(' ').append(part));
    if (request.query().value("list-type").equals("2")) {
      name.append(" list-type=2");
    }
    if (request.head().method().equals("PUT") && !request.header("x-amz-copy-source").isEmpty()) {
      name.append(" copy");
    }
    return name.toString();
  }

  private static void checkSupported(Parameters query) throws S3Fault {
    for (String name : query.names()) {
      if (UNSUPPORTED.contains(name)) {
        throw new S3Fault(S3Code.NotImplemented, "The parameter " + name + " is not supported.");
      }
    }
    String version = query.value("versionId");
    if (!version.isEmpty() && !version.equals("null")) {
      throw new S3Fault(S3Code.NotImplemented, "There are no versions.");
    }
  }
}
