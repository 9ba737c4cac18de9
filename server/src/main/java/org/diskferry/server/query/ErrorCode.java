package org.diskferry.server.query;

import java.util.Arrays;

/// The codes that clients know, with their status of HTTP. Guide, "Error Codes"; the last ones are
/// those of every query service.
enum ErrorCode {
  BUCKET_PERMISSION("BucketPermissionException", 400),
  CANCELED_JOB_ID("CanceledJobIdException", 400),
  CREATE_JOB_QUOTA_EXCEEDED("CreateJobQuotaExceededException", 400),
  EXPIRED_JOB_ID("ExpiredJobIdException", 400),
  INVALID_ACCESS_KEY_ID("InvalidAccessKeyIdException", 400),
  INVALID_ADDRESS("InvalidAddressException", 400),
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenIdException", 403),
  INVALID_CUSTOMS("InvalidCustomsException", 400),
  INVALID_FILE_SYSTEM("InvalidFileSystemException", 400),
  INVALID_JOB_ID("InvalidJobIdException", 400),
  INVALID_MANIFEST_FIELD("InvalidManifestFieldException", 400),
  INVALID_PARAMETER("InvalidParameterException", 400),
  MALFORMED_MANIFEST("MalformedManifestException", 400),
  MISSING_CUSTOMS("MissingCustomsException", 400),
  MISSING_MANIFEST_FIELD("MissingManifestFieldException", 400),
  MISSING_PARAMETER("MissingParameterException", 400),
  MULTIPLE_REGIONS("MultipleRegionsException", 400),
  NO_SUCH_BUCKET("NoSuchBucketException", 400),
  UNABLE_TO_CANCEL_JOB_ID("UnableToCancelJobIdException", 409),
  UNABLE_TO_UPDATE_JOB_ID("UnableToUpdateJobIdException", 400),
  UNKNOWN_OPERATION("UnknownOperationException", 403),

  ACCESS_DENIED("AccessDeniedException", 403),
  INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
  REQUEST_EXPIRED("RequestExpired", 400),
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
  BAD_REQUEST("BadRequest", 400),
  NOT_FOUND("NotFound", 404),
  METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
  REQUEST_TIMEOUT("RequestTimeout", 408),
  REQUEST_TOO_LARGE("RequestTooLarge", 413),
  INTERNAL_FAILURE("InternalFailure", 500),
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503);

  private static final int FIRST_OF_OURS = 500;

  private final String word;
  private final int status;

  ErrorCode(String word, int status) {
    this.word = word;
    this.status = status;
  }

  /// The code on the wire.
  String word() {
    return word;
  }

  /// The status of HTTP that goes with it.
  int status() {
    return status;
  }

  /// Whose fault it is, on the wire.
  String type() {
    return status < FIRST_OF_OURS ? "Sender" : "Receiver";
  }

  /// The code with this word; every class of manifest faults has one.
  static ErrorCode of(String word) {
    return Arrays.stream(values())
        .filter(c -> c.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such error code: " + word));
  }
}
