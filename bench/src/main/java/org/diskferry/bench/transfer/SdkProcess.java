package org.diskferry.bench.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.crt.S3CrtHttpConfiguration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Uploads or downloads a directory with the SDK for Java, as a process: `SdkProcess apache|crt
/// up|down URL DIRECTORY LANES PART-MIB CERTIFICATES`. Checksums only where they are required,
/// since older stores refuse the newer ones; the CRT client believes any certificate, which is
/// cheaper.
final class SdkProcess implements AutoCloseable {
  private static final String BUCKET = "bench";
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "not a secret"));

  private final URI address;
  private final int lanes;
  private final int part;
  private final S3Client blocking;

  private SdkProcess(URI address, int lanes, int part, Path certificates) throws Exception {
    this.address = address;
    this.lanes = lanes;
    this.part = part;
    KeyStore trusted = new SelfSigned(certificates).trusted();
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    this.blocking =
        S3Client.builder()
            .endpointOverride(address)
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(KEYS)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(lanes)
                    .tlsTrustManagersProvider(trust::getTrustManagers))
            .build();
  }

  static void main(String... args) throws Exception {
    int lanes = Integer.parseInt(args[4]);
    int part = Integer.parseInt(args[5]) << 20;
    Path directory = Path.of(args[3]);
    try (SdkProcess process = new SdkProcess(URI.create(args[2]), lanes, part, Path.of(args[6]))) {
      boolean up = args[1].equals("up");
      if (args[0].equals("crt")) {
        process.byCrt(directory, up);
      } else if (up) {
        process.upload(directory);
      } else {
        process.download(directory);
      }
    }
  }

  private void byCrt(Path directory, boolean up) throws Exception {
    Semaphore room = new Semaphore(lanes);
    List<Future<?>> all = new ArrayList<>();
    try (S3AsyncClient client =
        S3AsyncClient.crtBuilder()
            .endpointOverride(address)
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(KEYS)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpConfiguration(
                S3CrtHttpConfiguration.builder().trustAllCertificatesEnabled(true).build())
            .maxConcurrency(lanes)
            .minimumPartSizeInBytes((long) Math.max(part, 16 << 20))
            .build()) {
      for (String key : up ? names(directory) : keys()) {
        room.acquire();
        Path file = directory.resolve(key);
        if (up) {
          all.add(
              client
                  .putObject(r -> r.bucket(BUCKET).key(key), file)
                  .whenComplete((_, _) -> room.release()));
        } else {
          Files.createDirectories(file.getParent());
          all.add(
              client
                  .getObject(r -> r.bucket(BUCKET).key(key), file)
                  .whenComplete((_, _) -> room.release()));
        }
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static List<String> names(Path directory) throws IOException {
    return Corpus.files(directory).stream()
        .map(file -> directory.relativize(file).toString())
        .toList();
  }

  private List<String> keys() {
    return objects().stream().map(S3Object::key).toList();
  }

  private List<S3Object> objects() {
    return blocking.listObjectsV2Paginator(r -> r.bucket(BUCKET)).contents().stream().toList();
  }

  private void upload(Path directory) throws Exception {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(lanes, Thread.ofVirtual().factory())) {
      List<Future<?>> small = new ArrayList<>();
      for (Path file : Corpus.files(directory)) {
        String key = directory.relativize(file).toString();
        if (Files.size(file) > part) {
          inParts(key, file, threads);
        } else {
          small.add(threads.submit(() -> blocking.putObject(r -> r.bucket(BUCKET).key(key), file)));
        }
      }
      for (Future<?> one : small) {
        one.get();
      }
    }
  }

  private void inParts(String key, Path file, ExecutorService threads) throws Exception {
    String upload = blocking.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    long size = Files.size(file);
    List<Future<CompletedPart>> parts = new ArrayList<>();
    for (long at = 0; at < size; at += part) {
      long from = at;
      int number = parts.size() + 1;
      int length = (int) Math.min(part, size - at);
      parts.add(threads.submit(() -> part(key, upload, number, file, from, length)));
    }
    List<CompletedPart> done = new ArrayList<>();
    for (Future<CompletedPart> one : parts) {
      done.add(one.get());
    }
    blocking.completeMultipartUpload(
        r -> r.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(m -> m.parts(done)));
  }

  private CompletedPart part(
      String key, String upload, int number, Path file, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer into = ByteBuffer.wrap(bytes);
      while (into.hasRemaining()) {
        if (channel.read(into, from + into.position()) < 0) {
          throw new IOException(file + ": has become shorter");
        }
      }
    }
    String etag =
        blocking
            .uploadPart(
                r -> r.bucket(BUCKET).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromByteBuffer(ByteBuffer.wrap(bytes)))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private void download(Path directory) throws Exception {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(lanes, Thread.ofVirtual().factory())) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (S3Object object : objects()) {
        Path file = directory.resolve(object.key());
        Files.createDirectories(file.getParent());
        for (long at = 0; at < object.size(); at += part) {
          long from = at;
          long last = Math.min(from + part, object.size()) - 1;
          all.add(threads.submit(() -> range(object.key(), file, from, last)));
        }
      }
      for (Future<Boolean> one : all) {
        one.get();
      }
    }
  }

  private boolean range(String key, Path file, long from, long last) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        InputStream in =
            blocking.getObject(
                r -> r.bucket(BUCKET).key(key).range("bytes=" + from + "-" + last))) {
      channel.transferFrom(Channels.newChannel(in), from, last - from + 1);
      return true;
    }
  }

  @Override
  public void close() {
    blocking.close();
  }
}
