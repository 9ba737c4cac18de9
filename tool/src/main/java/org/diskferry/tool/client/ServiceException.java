package org.diskferry.tool.client;

/// The service answered with an error.
public final class ServiceException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String code;

  /// With the service's own code (`InvalidJobIdException`) and message.
  public ServiceException(String code, String message) {
    super(message);
    this.code = code;
  }

  /// The service's word for it.
  public String code() {
    return code;
  }
}
