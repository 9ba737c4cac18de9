package org.diskferry.store.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diskferry.store.KeyForm;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreCapabilities.Digest;
import org.diskferry.store.StoreCapabilities.Promise;
import org.diskferry.store.StoreException;
import org.diskferry.store.http.Answer;

/// Asks a store for everything that matters to imports, and says what follows from each answer.
final class Examination {
  /// Signatures are refused beyond a quarter of an hour; a minute is worth a word.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Trial trial;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();

  Examination(Trial trial, InstantSource clock) {
    this.trial = trial;
    this.clock = clock;
  }

  StoreReport run() throws StoreException {
    clockAndRegion();
    StoreCapabilities able = new Probe(trial).capabilities();
    verification(able);
    findings.addAll(new ChecksumTrials(trial).run());
    findings.addAll(new AclTrials(trial).run());
    findings.addAll(new ClassTrials(trial).run());
    findings.addAll(new RequestTrials(trial).run());
    keys(able);
    promises(able);
    expect(able);
    return new StoreReport(able, findings);
  }

  private void clockAndRegion() throws StoreException {
    Answer answer = trial.ofBucket("GET", "location=");
    try {
      String region = Documents.region(answer.body());
      findings.add(Finding.good("bucket", "region", region));
    } catch (XmlException e) {
      findings.add(Finding.note("bucket", "region", "not told: " + e.getMessage()));
    }
    Optional<Instant> theirs = answer.field("Date").flatMap(Dates::read);
    if (theirs.isEmpty()) {
      findings.add(Finding.note("clock", "Date", "not told"));
      return;
    }
    Duration ahead = Duration.between(clock.instant(), theirs.get());
    String found = ahead.toSeconds() + " s ahead of ours";
    findings.add(
        ahead.abs().compareTo(SKEW) < 0
            ? Finding.good("clock", "Date", found)
            : Finding.degrades(
                "clock",
                "Date",
                found,
                "requests are signed by the store's clock; times in the log are ours"));
  }

  private void verification(StoreCapabilities able) {
    findings.add(
        switch (able.crc32c()) {
          case WHOLE -> Finding.good("verification", "CRC32C", "compared, kept of whole objects");
          case PARTS ->
              Finding.degrades(
                  "verification",
                  "CRC32C",
                  "compared, kept of parts only",
                  "an object of parts is proven by its ETag and the checksums of its parts");
          case NONE ->
              Finding.degrades(
                  "verification",
                  "CRC32C",
                  "not known",
                  able.compares(Digest.MD5)
                      ? "small files are proven by Content-MD5, larger ones by their ETag"
                      : "files are proven by their ETag, or read back");
        });
    digest(able, Digest.MD5, "Content-MD5");
    digest(able, Digest.SHA256, "x-amz-content-sha256");
  }

  private void digest(StoreCapabilities able, Digest digest, String name) {
    findings.add(
        able.compares(digest)
            ? Finding.good("verification", name, "compared")
            : Finding.degrades(
                "verification", name, "not compared", "it proves nothing; the ETag has to"));
  }

  private void keys(StoreCapabilities able) {
    for (KeyForm form : KeyForm.values()) {
      String name = form.name().toLowerCase(Locale.ROOT).replace('_', '-');
      findings.add(
          able.keys().contains(form)
              ? Finding.good("key", name, "held")
              : Finding.degrades(
                  "key",
                  name,
                  "not held",
                  form == KeyForm.ALSO_FOLDER
                      ? "a key and another below it are not stored together; such a load fails"
                      : "files with such keys get 400 KeyNotSupported in the log"));
    }
  }

  private void promises(StoreCapabilities able) {
    for (Promise promise : Promise.values()) {
      String name = promise.name().toLowerCase(Locale.ROOT).replace('_', '-');
      findings.add(
          able.keeps(promise)
              ? Finding.good("promise", name, "kept")
              : Finding.degrades("promise", name, "not kept", effect(promise)));
    }
  }

  private static String effect(Promise promise) {
    return switch (promise) {
      case LISTS_IN_UTF8_ORDER ->
          "a bucket whose keys mix characters beyond U+FFFF with those from U+E000 on cannot be"
              + " proven; the device is held";
      case KEEPS_EXPIRES -> "the option expires has no effect";
      case KNOWS_UPLOADS -> "parts sent for an upload that was dropped may stay behind";
      case KNOWS_BUCKETS -> "a bucket that is gone shows later";
    };
  }

  private void expect(StoreCapabilities able) {
    findings.add(
        able.expectContinue()
            ? Finding.good("request", "100-continue", "given")
            : Finding.note("request", "100-continue", "not given; it is not asked for then"));
  }
}
