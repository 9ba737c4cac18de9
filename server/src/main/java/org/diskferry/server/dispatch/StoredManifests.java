package org.diskferry.server.dispatch;

import java.util.Optional;
import org.diskferry.job.Job;
import org.diskferry.job.manifest.Facility;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.manifest.ManifestReader;
import org.diskferry.job.manifest.ManifestResult;
import org.diskferry.job.manifest.Regions;
import org.diskferry.job.manifest.Submission;

/// Manifests as jobs keep them: texts that were found good when they were submitted.
final class StoredManifests {
  private final Regions regions;
  private final ManifestReader reader;

  StoredManifests(Regions regions) {
    this.regions = regions;
    this.reader = new ManifestReader(regions);
  }

  /// The newest manifest of a job; empty where its text was destroyed, or is not good any more.
  ///
  /// It was found good under the facility of its bucket then. What the facility decides, customs
  /// and address, does not matter to a station; so the first under which the text is good serves.
  Optional<Manifest> of(Job job) {
    Submission submission = Submission.unsigned(job.type(), job.manifest().text().orElse(""));
    for (Facility facility : regions.facilities()) {
      if (reader.read(submission, bucket -> Optional.of(facility.region()))
          instanceof ManifestResult.Accepted accepted) {
        return Optional.of(accepted.manifest());
      }
    }
    return Optional.empty();
  }
}
