package org.diskferry.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The file `SIGNATURE`, by which a disk shows whose it is: four lines, each ended by LF.
///
/// | line | value |
/// |---|---|
/// | `version:` | `2.0` |
/// | `signingMethod:` | `HmacSHA1` |
/// | `jobId:` | the job |
/// | `signature:` | base64 of 20 bytes: HMAC-SHA1 (RFC 2104), with the job's own key, of version, LF, job id |
///
/// It is written so, and read as people's editors leave it: [#read].
///
/// @param job whose disk it is
/// @param signature base64; whether it is right is for [#isSignedWith] to say
public record SignatureFile(JobId job, String signature) {
  /// Most bytes that are read as a `SIGNATURE`: it has 86, a copied frame makes it a few hundred.
  public static final int LONGEST = 4096;

  private static final String VERSION = "2.0";
  private static final String METHOD = "HmacSHA1";
  private static final Set<String> NAMES = Set.of("version", "signingmethod", "jobid", "signature");
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{27}=");
  private static final String VALIDATE_ONLY = "-VALIDATE-ONLY";

  /// Checks the form of the signature.
  public SignatureFile {
    if (!SIGNATURE.matcher(signature).matches()) {
      throw new IllegalArgumentException("not a signature of 20 bytes in base64");
    }
  }

  /// What was read from a disk.
  public sealed interface Reading {
    /// It has the four lines.
    record Signed(SignatureFile file) implements Reading {}

    /// It has not.
    ///
    /// @param reason what is wrong and what to do, for people
    record Malformed(String reason) implements Reading {}
  }

  /// The file of a job, made with the job's key, which stays the caller's to wipe.
  public static SignatureFile of(JobId job, byte[] key) {
    return new SignatureFile(job, Base64.getEncoder().encodeToString(hmac(job, key)));
  }

  /// Whether the signature was made with this key; takes the same time for every wrong one.
  public boolean isSignedWith(byte[] key) {
    return MessageDigest.isEqual(hmac(job, key), Base64.getDecoder().decode(signature));
  }

  /// The four lines.
  public String text() {
    return "version:%s\nsigningMethod:%s\njobId:%s\nsignature:%s\n"
        .formatted(VERSION, METHOD, job, signature);
  }

  /// Reads what lies on a disk. Line ends of any system, a byte order mark, blanks, empty lines,
  /// the frame of asterisks that the command line prints and a missing last line end do no harm.
  ///
  /// @param content all of the file, or its first [#LONGEST] bytes and one more
  public static Reading read(byte[] content) {
    try {
      return new Reading.Signed(parse(content));
    } catch (MalformedException e) {
      return new Reading.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static SignatureFile parse(byte[] content) throws MalformedException {
    Map<String, String> lines = new TreeMap<>();
    for (String line : decode(content).lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("*")) {
        add(line, lines);
      }
    }
    for (String name : NAMES) {
      if (!lines.containsKey(name)) {
        throw new MalformedException("the line %s: is missing".formatted(name));
      }
    }
    expect(VERSION, "version", lines);
    expect(METHOD, "signingmethod", lines);
    String signature = lines.getOrDefault("signature", "");
    if (!SIGNATURE.matcher(signature).matches()) {
      throw new MalformedException("the signature is not 28 characters of base64");
    }
    return new SignatureFile(job(lines.getOrDefault("jobid", "")), signature);
  }

  private static String decode(byte[] content) throws MalformedException {
    if (content.length > LONGEST) {
      throw new MalformedException(
          "it is longer than %d bytes and so no SIGNATURE file".formatted(LONGEST));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MalformedException("it is not UTF-8: save it as plain text", e);
    }
  }

  private static void add(String line, Map<String, String> lines) throws MalformedException {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    if (!NAMES.contains(name)) {
      throw new MalformedException("it has a line that is none of the four");
    }
    if (lines.put(name, line.substring(colon + 1).strip()) != null) {
      throw new MalformedException("the line %s: is there twice".formatted(name));
    }
  }

  private static void expect(String value, String name, Map<String, String> lines)
      throws MalformedException {
    if (!value.equalsIgnoreCase(lines.get(name))) {
      throw new MalformedException("%s is not %s".formatted(name, value));
    }
  }

  private static JobId job(String text) throws MalformedException {
    if (text.toUpperCase(Locale.ROOT).endsWith(VALIDATE_ONLY)) {
      throw new MalformedException(
          "it is of a job that was only validated: create the job and copy its own SIGNATURE");
    }
    Optional<JobId> job = JobId.typed(text);
    return job.orElseThrow(() -> new MalformedException("the job id has not five characters"));
  }

  private static byte[] hmac(JobId job, byte[] key) {
    try {
      Mac mac = Mac.getInstance(METHOD);
      mac.init(new SecretKeySpec(key, METHOD));
      return mac.doFinal((VERSION + "\n" + job).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String reason) {
      super(reason);
    }

    MalformedException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
