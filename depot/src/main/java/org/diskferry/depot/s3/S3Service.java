package org.diskferry.depot.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.diskferry.access.KeyRing;
import org.diskferry.depot.blob.BlobException;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.index.Failure;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a request to an answer, whatever happens on the way.
public final class S3Service {
  private static final Logger LOG = LoggerFactory.getLogger(S3Service.class);

  private final Authentication authentication;
  private final Operations operations;
  private final ExpectedOwner expectedOwner;

  /// Over one index and one directory of blobs.
  public S3Service(
      Index index, Blobs blobs, KeyRing keys, Authorization authorization, InstantSource clock) {
    this.authentication = new Authentication(keys, clock);
    this.operations = new Operations(index, blobs, authorization);
    this.expectedOwner = new ExpectedOwner(index.buckets());
  }

  Answer answer(S3Request request) {
    try {
      Operation operation = operations.of(request);
      Call call = authentication.call(request);
      expectedOwner.check(call);
      return operation.answer(call);
    } catch (IOException e) {
      return answer(request, e);
    } catch (Rejected e) {
      return answer(request, fault(e));
    } catch (JdbiException e) {
      return answer(request, fault(e));
    } catch (RuntimeException e) {
      LOG.error("request {} failed", request.id(), e);
      return error(request, new S3Fault(S3Code.InternalError));
    }
  }

  /// The answer to a request that failed in the course of reading or writing bytes.
  Answer answer(S3Request request, IOException failure) {
    return switch (failure) {
      case S3Fault fault -> error(request, fault);
      case BlobException e -> error(request, fault(request, e));
      default -> {
        LOG.error("request {} failed", request.id(), failure);
        yield error(request, new S3Fault(S3Code.InternalError));
      }
    };
  }

  static Answer error(S3Request request, S3Fault fault) {
    return error(request.id(), request.head().method(), request.head().path(), fault);
  }

  static Answer error(String id, String method, String path, S3Fault fault) {
    int status = fault.code().status();
    if (method.equals("HEAD")) {
      return Answer.empty(status);
    }
    XmlText xml =
        XmlText.plain()
            .open("Error")
            .leaf("Code", fault.code().name())
            .leaf("Message", fault.text())
            .leaf("Resource", path)
            .leaf("RequestId", id)
            .close("Error");
    return new Answer.Document(status, Map.of(), xml.toString());
  }

  private static S3Fault fault(S3Request request, BlobException e) {
    return switch (e.trouble()) {
      case FULL -> new S3Fault(S3Code.InsufficientStorage, String.valueOf(e.getMessage()), e);
      case FAILED -> new S3Fault(S3Code.ServiceUnavailable, String.valueOf(e.getMessage()), e);
      case DAMAGED -> {
        LOG.error("request {} for {}: {}", request.id(), request.head().path(), e.getMessage());
        yield new S3Fault(S3Code.InternalError, String.valueOf(e.getMessage()), e);
      }
    };
  }

  private static S3Fault fault(JdbiException e) {
    LOG.error("the index failed", e);
    return switch (Failure.of(e)) {
      case FULL -> new S3Fault(S3Code.InsufficientStorage, "The index has no room.", e);
      case UNREACHED, LOST ->
          new S3Fault(S3Code.ServiceUnavailable, "The index does not answer.", e);
      case REFUSED -> new S3Fault(S3Code.InternalError);
    };
  }

  static S3Fault fault(Rejected e) {
    S3Code code =
        switch (e.why()) {
          case NO_SUCH_BUCKET -> S3Code.NoSuchBucket;
          case BUCKET_EXISTS -> S3Code.BucketAlreadyExists;
          case BUCKET_NOT_EMPTY -> S3Code.BucketNotEmpty;
          case NO_SUCH_KEY -> S3Code.NoSuchKey;
          case NO_SUCH_UPLOAD -> S3Code.NoSuchUpload;
          case INVALID_PART -> S3Code.InvalidPart;
          case BAD_CHECKSUM -> S3Code.BadDigest;
          case PART_TOO_SMALL -> S3Code.EntityTooSmall;
          case PRECONDITION -> S3Code.PreconditionFailed;
        };
    return new S3Fault(code, code.message() + " (" + e.getMessage() + ")");
  }
}
