package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.diskferry.postgres.testing.NotRun;

/// Clients that others wrote, each as a process of its own, pointed at a depot and told where
/// buckets stand in addresses.
final class ClientPrograms {
  static final Path AWS = Path.of("/usr/bin/aws");
  static final Path RCLONE = Path.of("/usr/bin/rclone");
  static final Path S3CMD = Path.of("/usr/bin/s3cmd");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /// Where buckets stand.
  enum Style {
    PATH,
    VIRTUAL
  }

  private final Path folder;
  private final URI depot;
  private final Style style;

  private ClientPrograms(Path folder, URI depot, Style style) {
    this.folder = folder;
    this.depot = depot;
    this.style = style;
  }

  /// @param folder for configuration files and what the programs say
  /// @param depot where it listens
  static ClientPrograms of(Path folder, URI depot, Style style) throws IOException {
    ClientPrograms programs =
        new ClientPrograms(Files.createDirectories(folder.resolve(style.name())), depot, style);
    for (String name : List.of("operations.py", "sitecustomize.py")) {
      try (InputStream in = ClientPrograms.class.getResourceAsStream(name)) {
        Files.write(programs.folder.resolve(name), in.readAllBytes());
      }
    }
    programs.write("aws.ini", "[default]\ns3 =\n  addressing_style = " + programs.word() + "\n");
    programs.write(
        "rclone.conf",
        """
        [depot]
        type = s3
        provider = Other
        access_key_id = OWNERKEY
        secret_access_key = secret-of-owner
        region = us-east-1
        upload_cutoff = 6M
        chunk_size = 6M
        endpoint = %s
        force_path_style = %s
        """
            .formatted(programs.endpoint(), style == Style.PATH));
    return programs;
  }

  static void need(Class<?> test, Path program, String packageName) {
    if (!Files.isExecutable(program)) {
      throw NotRun.because(test, packageName + " against the depot", packageName);
    }
  }

  static void needBoto(Class<?> test) {
    if (!Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/boto3"))) {
      throw NotRun.because(test, "boto3 against the depot", "python3-boto3");
    }
  }

  /// The endpoint as the programs are told it.
  URI endpoint() {
    return style == Style.PATH
        ? depot
        : URI.create("http://" + TestDepot.HOST + ":" + depot.getPort());
  }

  String aws(String... arguments) throws Exception {
    return run(List.of(AWS.toString(), "--endpoint-url", endpoint().toString()), arguments);
  }

  String rclone(String... arguments) throws Exception {
    String config = folder.resolve("rclone.conf").toString();
    return run(List.of(RCLONE.toString(), "--config", config), arguments);
  }

  String s3cmd(String... arguments) throws Exception {
    String host = endpoint().getAuthority();
    return run(
        List.of(
            S3CMD.toString(),
            "--no-ssl",
            "--no-progress",
            "--access_key=OWNERKEY",
            "--secret_key=secret-of-owner",
            "--host=" + host,
            "--host-bucket=" + (style == Style.PATH ? host : "%(bucket)s." + host)),
        arguments);
  }

  /// Everything that boto3 does with the depot.
  String botoOperations() throws Exception {
    String script = folder.resolve("operations.py").toString();
    return run(List.of(PYTHON.toString(), script, endpoint().toString(), word()));
  }

  /// What is at a presigned address.
  byte[] fetch(URI address) throws IOException, InterruptedException {
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (style == Style.VIRTUAL) {
      builder.proxy(ProxySelector.of(new InetSocketAddress(depot.getHost(), depot.getPort())));
    }
    try (HttpClient client = builder.build()) {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  private String word() {
    return style == Style.PATH ? "path" : "virtual";
  }

  private String run(List<String> program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(program);
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("AWS_.*|(?i)https?_proxy"));
    builder.environment().putAll(environment());
    // Only the Python programs can be told who answers to a name; this one takes the depot for a
    // proxy.
    if (style == Style.VIRTUAL && program.getFirst().equals(RCLONE.toString())) {
      builder.environment().put("HTTP_PROXY", depot.toString());
    }
    builder.directory(folder.toFile());
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s", command).isTrue();
    String text = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as("%s%n%s", command, text).isZero();
    return text;
  }

  private Map<String, String> environment() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", "OWNERKEY",
        "AWS_SECRET_ACCESS_KEY", "secret-of-owner",
        "AWS_DEFAULT_REGION", "us-east-1",
        "AWS_CONFIG_FILE", folder.resolve("aws.ini").toString(),
        "PYTHONPATH", folder.toString(),
        "HOME", folder.toString(),
        "LC_ALL", "C.UTF-8");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
