package org.diskferry.bench.whole;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.diskferry.app.home.Home;
import org.diskferry.app.service.RunningService;

/// Command lines of rclone for the embedded depot, as the first user.
///
/// @param program its name
/// @param transfers files at the same time
public record Rclone(String program, RunningService service, Home home, int transfers) {

  /// How it calls a bucket.
  public String bucket(String name) {
    return ":s3:" + name;
  }

  /// The command with these words before all its options.
  public List<String> command(String... words) throws IOException {
    Properties user = new Properties();
    try (Reader reader = Files.newBufferedReader(home.keys().resolve("customer.user"))) {
      user.load(reader);
    }
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    command.addAll(
        List.of(
            "--config",
            "",
            "--s3-provider",
            "Other",
            "--s3-endpoint",
            service.objects().toString(),
            "--s3-access-key-id",
            user.getProperty("accessKeyId"),
            "--s3-secret-access-key",
            user.getProperty("secretKey"),
            "--s3-no-check-bucket",
            "--s3-chunk-size",
            "16M",
            "--s3-upload-concurrency",
            "4",
            "--transfers",
            Integer.toString(transfers),
            "--checkers",
            Integer.toString(transfers),
            "--ca-cert",
            home.keys().resolve("cert.pem").toString(),
            "--log-level",
            "ERROR"));
    return command;
  }
}
