package org.diskferry.server.registry;

/// The database failed while a key was looked up: nobody can be let in, and nobody is refused.
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(Throwable cause) {
    super("the registry cannot be asked now", cause);
  }
}
