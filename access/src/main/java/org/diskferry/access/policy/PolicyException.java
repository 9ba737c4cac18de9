package org.diskferry.access.policy;

/// A document that cannot be a policy here. The message says which element, and what it may be.
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyException(String message) {
    super(message);
  }

  PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
