package org.diskferry.depot.s3;

/// The errors of S3 that this store answers, each with its status and its usual message.
enum S3Code {
  AccessDenied(403, "Access Denied"),
  AuthorizationHeaderMalformed(400, "The authorization header you provided is invalid."),
  AuthorizationQueryParametersError(400, "The parameters of the signature are not valid."),
  BadDigest(400, "The checksum you specified did not match what we received."),
  BucketAlreadyExists(409, "The requested bucket name is not available."),
  BucketAlreadyOwnedByYou(409, "Your previous request to create the named bucket succeeded."),
  BucketNotEmpty(409, "The bucket you tried to delete is not empty."),
  EntityTooLarge(400, "Your proposed upload exceeds the maximum allowed size."),
  EntityTooSmall(400, "Your proposed upload is smaller than the minimum allowed size."),
  IncompleteBody(400, "You did not provide the number of bytes specified by Content-Length."),
  InsufficientStorage(507, "The store has no room for this."),
  InternalError(500, "We encountered an internal error. Please try again."),
  InvalidAccessKeyId(403, "The access key ID you provided does not exist in our records."),
  InvalidArgument(400, "Invalid Argument"),
  InvalidBucketName(400, "The specified bucket is not valid."),
  InvalidDigest(400, "The Content-MD5 you specified is not valid."),
  InvalidLocationConstraint(400, "The specified location constraint is not valid."),
  InvalidPart(
      400,
      "One or more of the specified parts could not be found, or its entity tag did not match."),
  InvalidPartNumber(416, "The requested partnumber is not satisfiable"),
  InvalidPartOrder(400, "The list of parts was not in ascending order."),
  InvalidRange(416, "The requested range is not satisfiable"),
  InvalidRequest(400, "Invalid Request"),
  InvalidStorageClass(400, "The storage class you specified is not valid."),
  InvalidURI(400, "The URI could not be parsed."),
  KeyTooLongError(400, "Your key is too long."),
  MalformedACLError(400, "The list of grants was not well-formed."),
  MalformedXML(400, "The XML you provided was not well-formed or did not validate."),
  MetadataTooLarge(400, "Your metadata headers exceed the maximum allowed metadata size."),
  MethodNotAllowed(405, "The specified method is not allowed against this resource."),
  MissingContentLength(411, "You must provide the Content-Length HTTP header."),
  NoSuchBucket(404, "The specified bucket does not exist"),
  NoSuchKey(404, "The specified key does not exist."),
  NoSuchLifecycleConfiguration(404, "The lifecycle configuration does not exist"),
  NoSuchUpload(404, "The specified upload does not exist; it may have been aborted or completed."),
  NotImplemented(501, "A header or query that you provided implies something not implemented."),
  PreconditionFailed(412, "At least one of the preconditions you specified did not hold."),
  RequestTimeTooSkewed(
      403, "The difference between the request time and the server's time is too large."),
  RequestTimeout(400, "Your socket connection to the server was not read from or written to."),
  ServiceUnavailable(503, "The store cannot take this at the moment. Please try again."),
  SignatureDoesNotMatch(403, "The request signature we calculated does not match yours."),
  TooManyBuckets(400, "You have attempted to create more buckets than allowed."),
  XAmzContentSHA256Mismatch(
      400, "The provided 'x-amz-content-sha256' header does not match what was computed.");

  private final int status;
  private final String message;

  S3Code(int status, String message) {
    this.status = status;
    this.message = message;
  }

  int status() {
    return status;
  }

  String message() {
    return message;
  }
}
