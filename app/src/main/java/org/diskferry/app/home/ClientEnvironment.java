package org.diskferry.app.home;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.diskferry.access.Credentials;

/// `client.env`: sourced by a shell, it makes the clients of the old service talk to this one.
///
/// @param credentials of the first user
/// @param region to sign for
/// @param trusted the endpoints' certificate, PEM
/// @param jobs endpoint of the query API
/// @param objects endpoint of the object store
public record ClientEnvironment(
    Credentials credentials, String region, Path trusted, URI jobs, URI objects) {

  /// Writes the file, for its owner's eyes only: it holds the secret key.
  public void write(Path file) throws IOException {
    byte[] secret = credentials.secret().bytes();
    String text =
        """
        # Makes command line clients talk to Diskferry:  . %1$s
        export AWS_ACCESS_KEY_ID=%2$s
        export AWS_SECRET_ACCESS_KEY=%3$s
        export AWS_DEFAULT_REGION=%4$s
        export AWS_CA_BUNDLE=%5$s
        export AWS_ENDPOINT_URL_IMPORTEXPORT=%6$s
        export AWS_ENDPOINT_URL_S3=%7$s
        export AWS_EC2_METADATA_DISABLED=true

        # Older clients know no endpoint variables; say ferry instead of aws:
        #   ferry importexport list-jobs
        #   ferry s3 ls
        ferry() {
          case "$1" in
          importexport) aws --endpoint-url "$AWS_ENDPOINT_URL_IMPORTEXPORT" "$@" ;;
          *) aws --endpoint-url "$AWS_ENDPOINT_URL_S3" "$@" ;;
          esac
        }
        """
            .formatted(
                file,
                credentials.id(),
                new String(secret, StandardCharsets.UTF_8),
                region,
                trusted,
                jobs,
                objects);
    PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
