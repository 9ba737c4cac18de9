package org.diskferry.server.clients;

import java.nio.file.Path;
import org.diskferry.access.Credentials;

/// A running service, and who asks it.
///
/// @param endpoint `https://localhost:8443`
/// @param bundle certificates to trust, as PEM
/// @param credentials of a user who may do everything
/// @param bucket that exists, and that the user may write
public record Target(String endpoint, Path bundle, Credentials credentials, String bucket) {}
