package org.diskferry.store.s3;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.Percent;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;

/// Requests beyond storing and reading: conditions, copies, uploads in parts.
final class RequestTrials {
  private static final int MOST_PARTS = 10_000;

  private final Trial trial;
  private final List<Finding> findings = new ArrayList<>();

  RequestTrials(Trial trial) {
    this.trial = trial;
  }

  List<Finding> run() throws StoreException {
    trial.put("there");
    condition("PUT If-None-Match", new Header("If-None-Match", "*"));
    condition("PUT If-Match", new Header("If-Match", "\"" + "0".repeat(32) + "\""));
    conditionalRead();
    copy();
    parts();
    return findings;
  }

  private void condition(String name, Header header) throws StoreException {
    Trial.Outcome outcome = Trial.tried(() -> trial.put("there", header));
    String found = outcome.done() ? "ignored" : "answers " + outcome.said();
    findings.add(
        outcome.was(Trouble.PRECONDITION)
            ? Finding.good("condition", name, "kept")
            : Finding.note("condition", name, found));
  }

  private void conditionalRead() throws StoreException {
    Header header = new Header("If-Match", "\"" + "0".repeat(32) + "\"");
    Trial.Outcome outcome = Trial.tried(() -> trial.make("GET", "there", "", header));
    findings.add(
        outcome.was(Trouble.PRECONDITION)
            ? Finding.good("condition", "GET If-Match", "kept")
            : Finding.degrades(
                "condition",
                "GET If-Match",
                "ignored",
                "an object that is replaced while it is read back shows as damaged"));
  }

  private void copy() throws StoreException {
    String source = "/" + trial.bucket() + "/" + Percent.encodePath(trial.key("there"));
    Trial.Outcome outcome =
        Trial.tried(() -> trial.make("PUT", "copied", "", new Header("x-amz-copy-source", source)));
    findings.add(
        outcome.done()
            ? Finding.good("request", "copy", "done")
            : Finding.note("request", "copy", "refused: " + outcome.said()));
  }

  /// Each with an upload of its own: Ceph completes none that has parts which are not named.
  private void parts() throws StoreException {
    try {
      smallParts();
    } catch (StoreException e) {
      String said = Trial.refusal(e).said();
      findings.add(
          Finding.degrades(
              "parts", "upload", "refused: " + said, "files over 1 GiB get 400 in the log"));
      return;
    }
    mostParts();
    complete();
  }

  private void smallParts() throws StoreException {
    UploadId upload = trial.begin("small");
    List<Part> parts = List.of(trial.part("small", upload, 1), trial.part("small", upload, 2));
    Trial.Outcome outcome = Trial.tried(() -> trial.complete("small", upload, parts));
    trial.abort("small", upload);
    findings.add(
        Finding.good(
            "parts",
            "smallest",
            outcome.done() ? "any size" : "refused below its limit: " + outcome.said()));
  }

  private void mostParts() throws StoreException {
    UploadId upload = trial.begin("parts");
    Trial.Outcome outcome = Trial.tried(() -> trial.part("parts", upload, MOST_PARTS));
    findings.add(
        outcome.done()
            ? Finding.good("parts", "number 10000", "taken")
            : Finding.degrades(
                "parts",
                "number 10000",
                "refused: " + outcome.said(),
                "the largest files cannot be stored"));
    Trial.Outcome beyond = Trial.tried(() -> trial.part("parts", upload, MOST_PARTS + 1));
    trial.abort("parts", upload);
    findings.add(
        Finding.good(
            "parts", "number 10001", beyond.done() ? "taken" : "refused: " + beyond.said()));
  }

  private void complete() throws StoreException {
    UploadId upload = trial.begin("parts");
    Part part = trial.part("parts", upload, 1);
    String etag;
    try {
      etag = Documents.completedEtag(trial.complete("parts", upload, List.of(part)).body());
    } catch (XmlException e) {
      etag = "";
    }
    findings.add(
        etag.isEmpty()
            ? Finding.note("parts", "ETag of Complete", "empty; it is asked for")
            : Finding.good("parts", "ETag of Complete", "told"));
  }
}
