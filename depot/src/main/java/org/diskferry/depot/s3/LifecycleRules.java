package org.diskferry.depot.s3;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.diskferry.depot.index.UploadRule;

/// The rules of a `LifecycleConfiguration`. What is in one that this store would not do is an
/// error: whoever asks for objects to expire must not believe that they do.
final class LifecycleRules {
  static final String ENABLED = "Enabled";
  static final String DISABLED = "Disabled";

  private static final String ABORT = "AbortIncompleteMultipartUpload";
  private static final int LONGEST_ID = 255;
  private static final Set<String> KNOWN = Set.of("ID", "Status", "Filter", "Prefix", ABORT);

  private LifecycleRules() {}

  static List<UploadRule> of(XmlElement document) throws S3Fault {
    List<XmlElement> elements = document.all("Rule");
    if (!document.name().equals("LifecycleConfiguration")
        || elements.isEmpty()
        || elements.size() > UploadRule.MOST) {
      throw new S3Fault(S3Code.MalformedXML, "A configuration has 1 to 1000 rules.");
    }
    List<UploadRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (XmlElement element : elements) {
      UploadRule rule = rule(element);
      if (!ids.add(rule.id())) {
        throw new S3Fault(S3Code.InvalidArgument, "Rule ID must be unique.");
      }
      rules.add(rule);
    }
    return rules;
  }

  private static UploadRule rule(XmlElement element) throws S3Fault {
    for (XmlElement child : element.children()) {
      if (!KNOWN.contains(child.name())) {
        throw new S3Fault(
            S3Code.NotImplemented, child.name() + " is not supported in a rule, only " + ABORT);
      }
    }
    XmlElement abort =
        element.child(ABORT).orElseThrow(() -> new S3Fault(S3Code.MalformedXML, "No action."));
    return new UploadRule(id(element), enabled(element), prefix(element), days(abort));
  }

  private static String id(XmlElement element) throws S3Fault {
    String id = element.value("ID");
    if (id.length() > LONGEST_ID) {
      throw new S3Fault(S3Code.InvalidArgument, "ID length should not exceed allowed limit of 255");
    }
    return id.isEmpty() ? UUID.randomUUID().toString() : id;
  }

  private static boolean enabled(XmlElement element) throws S3Fault {
    return switch (element.required("Status")) {
      case ENABLED -> true;
      case DISABLED -> false;
      default -> throw new S3Fault(S3Code.MalformedXML, "Status is Enabled or Disabled.");
    };
  }

  /// In a filter, or directly in the rule as it once was.
  private static String prefix(XmlElement element) throws S3Fault {
    if (element.child("Filter").isEmpty()) {
      return element.required("Prefix");
    }
    XmlElement filter = element.child("Filter").get();
    for (XmlElement child : filter.children()) {
      if (!child.name().equals("Prefix")) {
        throw new S3Fault(S3Code.NotImplemented, "A rule cannot be limited by " + child.name());
      }
    }
    return filter.value("Prefix");
  }

  private static int days(XmlElement abort) throws S3Fault {
    try {
      int days = Integer.parseInt(abort.required("DaysAfterInitiation").strip());
      if (days > 0) {
        return days;
      }
    } catch (NumberFormatException _) {
      // The same answer as for a number that is too small.
    }
    throw new S3Fault(S3Code.InvalidArgument, "'DaysAfterInitiation' must be a positive integer");
  }
}
