package org.diskferry.job.manifest;

import java.util.List;

/// Reads and checks manifests of all four kinds of job. Guide, "Manifest File Options Reference".
///
/// One answer has all faults, each with its line. What a manifest says about buckets is not checked
/// here beyond the form of their names: [ManifestResult#buckets] has them for whoever can. Safe for
/// many threads.
public final class ManifestReader {
  private final Regions regions;

  /// For the regions of a site.
  public ManifestReader(Regions regions) {
    this.regions = regions;
  }

  /// Reads a manifest. `buckets` is asked for the region of the one bucket that says which facility
  /// the device is sent to, if the manifest has one.
  public ManifestResult read(Submission submission, BucketRegions buckets) {
    try {
      return read(submission, ManifestText.parse(submission.text()), buckets);
    } catch (MalformedException e) {
      return new ManifestResult.Refused(List.of(e.fault()), List.of());
    }
  }

  private ManifestResult read(Submission submission, ManifestText text, BucketRegions buckets) {
    Findings findings = new Findings();
    String version = ManifestVersion.of(text.root());
    Kind kind = Kind.of(submission.type(), text.root(), version);
    SectionReader sections = new SectionReader(kind, version, findings);
    Fields top = sections.read(Section.TOP, text.root(), text.root().line(), false);
    List<Fields> operations =
        top.blocks("operations").stream()
            .map(block -> sections.read(Section.OPERATION, block, block.line(), false))
            .toList();
    ManifestVersion.check(kind, version, top, findings);
    TopChecks.check(submission, text, top, findings);
    if (kind == Kind.S3_EXPORT) {
      ExportChecks.check(top, operations, findings);
    }
    BucketUses.collect(kind, top, operations, findings);
    Facility facility = new FacilityFinder(regions, buckets, findings).find(kind, top, operations);
    Common common = new CommonReader(sections, facility, findings).read(version, top);
    if (!findings.faults().isEmpty()) {
      return new ManifestResult.Refused(findings.faults(), findings.buckets());
    }
    Manifest manifest = new ManifestBuilder(common, top, operations).build(kind);
    return new ManifestResult.Accepted(manifest, findings.warnings(), findings.buckets());
  }
}
