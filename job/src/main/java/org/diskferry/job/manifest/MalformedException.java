package org.diskferry.job.manifest;

/// The text is not what a manifest is written in.
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String reason;

  MalformedException(int line, String reason) {
    super("line " + line + ": " + reason);
    this.line = line;
    this.reason = reason;
  }

  Fault fault() {
    return new Fault(FaultClass.MALFORMED, line, "", reason);
  }
}
