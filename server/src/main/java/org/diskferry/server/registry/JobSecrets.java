package org.diskferry.server.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.diskferry.job.Confidential;
import org.diskferry.job.JobId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// What is secret about jobs: a data key and a signature key each, sealed under the site's key, and
/// the texts that are sealed under the data key. A text's commitment is an HMAC-SHA256 of it under
/// a random salt of 32 bytes that is sealed with it: nobody can try texts against it.
final class JobSecrets {
  private static final int DATA_KEY = 32;

  /// HMAC-SHA1's block has 64 bytes, its output 20.
  private static final int SIGNATURE_KEY = 32;

  private static final int SALT = 32;
  private static final String HMAC = "HmacSHA256";

  private final SecureRandom random;
  private final Seal site;

  JobSecrets(SiteKey key, SecureRandom random) {
    this.random = random;
    this.site = new Seal(key.derive("job-keys", "AES"), random);
  }

  void createKeys(Handle handle, JobId job) {
    handle
        .createUpdate(
            "INSERT INTO registry.job_key (job, data_key, signature_key)"
                + " VALUES (:job, :data, :signature)")
        .bind("job", job.value())
        .bind("data", sealedRandom(DATA_KEY, dataPlace(job)))
        .bind("signature", sealedRandom(SIGNATURE_KEY, signaturePlace(job)))
        .execute();
  }

  /// Nothing that was kept under it can be read any more, here or in the texts' rows.
  void destroyKey(Handle handle, JobId job) {
    handle
        .createUpdate("UPDATE registry.job_key SET data_key = NULL WHERE job = :job")
        .bind("job", job.value())
        .execute();
    handle
        .createUpdate("DELETE FROM registry.confidential WHERE job = :job")
        .bind("job", job.value())
        .execute();
  }

  /// The key of the job's `SIGNATURE`, for the caller to wipe; empty where there is no such job.
  Optional<byte[]> signatureKey(Handle handle, JobId job) {
    return handle
        .createQuery("SELECT signature_key FROM registry.job_key WHERE job = :job")
        .bind("job", job.value())
        .mapTo(byte[].class)
        .findOne()
        .map(sealed -> site.open(sealed, signaturePlace(job)));
  }

  /// Keeps a text and returns the commitment to it. Where the job's key was destroyed the text is
  /// not kept, and the commitment is all that will ever be known of it.
  String keep(Handle handle, JobId job, Confidential text) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    byte[] utf8 = text.text().orElseThrow().getBytes(StandardCharsets.UTF_8);
    String commitment = commitment(salt, utf8);
    byte[] plain = Arrays.copyOf(salt, SALT + utf8.length);
    System.arraycopy(utf8, 0, plain, SALT, utf8.length);
    dataSeal(handle, job)
        .map(seal -> seal.close(plain, textPlace(job, commitment)))
        .ifPresent(sealed -> insert(handle, job, commitment, sealed));
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(utf8, (byte) 0);
    return commitment;
  }

  private static void insert(Handle handle, JobId job, String commitment, byte[] sealed) {
    handle
        .createUpdate(
            "INSERT INTO registry.confidential (job, commitment, sealed)"
                + " VALUES (:job, :commitment, :sealed)")
        .bind("job", job.value())
        .bind("commitment", commitment)
        .bind("sealed", sealed)
        .execute();
  }

  /// The texts to these commitments, as far as they can be read.
  Map<String, Confidential> read(Handle handle, JobId job, List<String> commitments) {
    return opened(
        handle,
        job,
        handle
            .createQuery(
                "SELECT commitment, sealed FROM registry.confidential"
                    + " WHERE job = :job AND commitment = ANY (:commitments)")
            .bindArray("commitments", String.class, commitments));
  }

  /// All texts of a job, as far as they can be read.
  Map<String, Confidential> readAll(Handle handle, JobId job) {
    return opened(
        handle,
        job,
        handle.createQuery(
            "SELECT commitment, sealed FROM registry.confidential WHERE job = :job"));
  }

  private Map<String, Confidential> opened(Handle handle, JobId job, Query rows) {
    Map<String, Confidential> texts = new HashMap<>();
    Optional<Seal> seal = dataSeal(handle, job);
    if (seal.isPresent()) {
      rows.bind("job", job.value())
          .map((row, context) ->
              text(job, row.getString("commitment"), row.getBytes("sealed"), seal.get()))
          .forEach(text -> texts.put(text.commitment(), text));
    }
    return texts;
  }

  private static Confidential text(JobId job, String commitment, byte[] sealed, Seal seal) {
    String place = textPlace(job, commitment);
    byte[] plain = seal.open(sealed, place);
    byte[] salt = Arrays.copyOf(plain, SALT);
    byte[] utf8 = Arrays.copyOfRange(plain, SALT, plain.length);
    if (!commitment(salt, utf8).equals(commitment)) {
      throw new BrokenSealException(place);
    }
    return Confidential.kept(new String(utf8, StandardCharsets.UTF_8), commitment);
  }

  private Optional<Seal> dataSeal(Handle handle, JobId job) {
    return handle
        .createQuery(
            "SELECT data_key FROM registry.job_key WHERE job = :job AND data_key IS NOT NULL")
        .bind("job", job.value())
        .mapTo(byte[].class)
        .findOne()
        .map(sealed -> new Seal(aes(site.open(sealed, dataPlace(job))), random));
  }

  private static SecretKey aes(byte[] key) {
    SecretKey aes = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
    return aes;
  }

  private byte[] sealedRandom(int length, String place) {
    byte[] key = new byte[length];
    random.nextBytes(key);
    byte[] sealed = site.close(key, place);
    Arrays.fill(key, (byte) 0);
    return sealed;
  }

  private static String commitment(byte[] salt, byte[] utf8) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(salt, HMAC));
      return HexFormat.of().formatHex(mac.doFinal(utf8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  private static String dataPlace(JobId job) {
    return "job/" + job + "/data-key";
  }

  private static String signaturePlace(JobId job) {
    return "job/" + job + "/signature-key";
  }

  private static String textPlace(JobId job, String commitment) {
    return "job/" + job + "/text/" + commitment;
  }
}
