package org.diskferry.job.manifest;

import static org.diskferry.job.manifest.FaultClass.INVALID_ADDRESS;
import static org.diskferry.job.manifest.FaultClass.INVALID_CUSTOMS;
import static org.diskferry.job.manifest.FaultClass.INVALID_FIELD;
import static org.diskferry.job.manifest.FaultClass.INVALID_FILE_SYSTEM;
import static org.diskferry.job.manifest.FaultClass.MISSING_CUSTOMS;
import static org.diskferry.job.manifest.FaultClass.MISSING_FIELD;
import static org.diskferry.job.manifest.Kind.EBS_IMPORT;
import static org.diskferry.job.manifest.Kind.GLACIER_IMPORT;
import static org.diskferry.job.manifest.Kind.S3_EXPORT;
import static org.diskferry.job.manifest.Kind.S3_IMPORT;
import static org.diskferry.job.manifest.Option.Need.ABROAD;
import static org.diskferry.job.manifest.Option.Need.ALWAYS;
import static org.diskferry.job.manifest.Option.Need.NEVER;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every option that a manifest can have. Guide, "Manifest File Options Reference".
final class Options {
  /// Most patterns, pairs or operations in one list: more than any manifest of people has, few
  /// enough that a file's name is made in no time.
  private static final int MOST_ITEMS = 1000;

  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);
  private static final Set<Kind> S3 = EnumSet.of(S3_IMPORT, S3_EXPORT);
  private static final Set<Kind> IMPORT = EnumSet.of(S3_IMPORT, EBS_IMPORT, GLACIER_IMPORT);
  private static final Set<Kind> V3 = EnumSet.of(EBS_IMPORT, GLACIER_IMPORT);
  private static final Set<Kind> IN = EnumSet.of(S3_IMPORT);
  private static final Set<Kind> OUT = EnumSet.of(S3_EXPORT);
  private static final Set<Kind> EBS = EnumSet.of(EBS_IMPORT);
  private static final Set<Kind> VAULT = EnumSet.of(GLACIER_IMPORT);

  private static final Form LINE = text(Rules.LINE);

  /// The deprecated name of an option, and the option.
  private static final Map<String, String> ALIASES = Map.of("storageDeviceValue", "deviceValue");

  private static final List<Option> TABLE =
      List.of(
          top("manifestVersion", ALL, ALWAYS, text(Rules.ANY)),
          top("deviceId", ALL, ALWAYS, LINE).since11(),
          top("notificationEmail", ALL, ALWAYS, text(Rules.EMAILS)).since11(),
          top("eraseDevice", IMPORT, ALWAYS, text(Rules.ERASE)).since11(),
          top("returnAddress", ALL, ALWAYS, new Form.Block(Section.RETURN_ADDRESS))
              .invalidAs(INVALID_ADDRESS),
          top("customs", ALL, NEVER, new Form.Block(Section.CUSTOMS)).invalidAs(INVALID_CUSTOMS),
          top("accessKeyId", ALL, NEVER, LINE),
          top("generator", ALL, NEVER, LINE),
          top("logBucket", IN, NEVER, text(Rules.BUCKET)),
          top("logBucket", OUT, ALWAYS, text(Rules.BUCKET)),
          top("logBucket", V3, ALWAYS, text(Rules.BUCKET)),
          top("logPrefix", ALL, NEVER, text(Rules.KEY)),
          top("serviceLevel", ALL, NEVER, words("standard", "expeditedShipping")),
          top("pinCode", ALL, NEVER, new Form.Hidden(Rules.PIN)),
          top("trueCryptPassword", S3, NEVER, new Form.Hidden(Rules.PASSWORD)),
          top("veraCryptPim", IN, NEVER, new Form.Hidden(Rules.PIM)),
          top("fatCodePage", IN, NEVER, new Form.Word(S3ImportManifest.CODE_PAGES)),
          top(
              "substitutions",
              S3,
              NEVER,
              new Form.Pairs(Rules.NOT_EMPTY.and(Rules.KEY), Rules.KEY, MOST_ITEMS)),
          // imports to S3
          top("bucket", IN, ALWAYS, text(Rules.BUCKET)),
          top("prefix", IN, NEVER, text(Rules.KEY)),
          top("ignore", IN, NEVER, new Form.Texts(new PatternRule(), MOST_ITEMS)),
          top(
              "acl",
              IN,
              NEVER,
              words("private", "public-read", "public-read-write", "authenticated-read")),
          top("storageClass", IN, NEVER, words("STANDARD", "REDUCED_REDUNDANCY")),
          top("cacheControl", IN, NEVER, text(Rules.ASCII)),
          top("contentDisposition", IN, NEVER, text(Rules.ASCII)),
          top("contentLanguage", IN, NEVER, text(Rules.ASCII)),
          top("expires", IN, NEVER, text(Rules.EXPIRES)),
          top(
              "contentTypes",
              IN,
              NEVER,
              new Form.Pairs(Rules.EXTENSION, Rules.MEDIA_TYPE, MOST_ITEMS)),
          top("defaultContentType", IN, NEVER, text(Rules.MEDIA_TYPE)),
          top("setContentEncodingForGzFiles", IN, NEVER, text(Rules.ANY)),
          top("diskTimestampMetadataKey", IN, NEVER, text(Rules.TOKEN)),
          top("staticMetadata", IN, NEVER, new Form.Pairs(Rules.TOKEN, Rules.ASCII, MOST_ITEMS)),
          // exports
          top("fileSystem", OUT, ALWAYS, words("NTFS", "EXT4")).invalidAs(INVALID_FILE_SYSTEM),
          top("containerFormat", OUT, NEVER, words("truecrypt", "veracrypt")),
          top("recoveryDirectory", OUT, NEVER, text(Rules.ONE_NAME)),
          top("targetDirectory", OUT, NEVER, text(Rules.DIRECTORY)),
          top("operations", OUT, ALWAYS, new Form.Blocks(Section.OPERATION, MOST_ITEMS)),
          operation("exportBucket", OUT, ALWAYS, text(Rules.BUCKET)),
          operation("prefix", OUT, NEVER, text(Rules.KEY)),
          operation("beginMarker", OUT, NEVER, text(Rules.KEY)),
          operation("endMarker", OUT, NEVER, text(Rules.KEY)),
          operation("targetDirectory", OUT, NEVER, text(Rules.DIRECTORY)),
          // imports of whole devices
          top("operations", V3, ALWAYS, new Form.Blocks(Section.OPERATION, 1)),
          operation("destination", V3, ALWAYS, words("ebs-snapshot", "glacier")),
          operation("source", V3, ALWAYS, words("device")),
          operation("region", V3, ALWAYS, LINE),
          operation("deviceCapacityGreaterThan1TB", EBS, ALWAYS, words("yes", "no")),
          operation("vaultName", VAULT, ALWAYS, text(Rules.VAULT)),
          operation("archiveComment", VAULT, ALWAYS, text(Rules.COMMENT)),
          // where the device goes back to
          address("name", ALWAYS, LINE),
          address("company", NEVER, LINE),
          address("street1", ALWAYS, LINE),
          address("street2", NEVER, LINE),
          address("street3", NEVER, LINE),
          address("city", ALWAYS, LINE),
          address("stateOrProvince", NEVER, LINE),
          address("postalCode", ALWAYS, LINE),
          address("phoneNumber", ALWAYS, text(Rules.PHONE_NUMBER)),
          address("country", ALWAYS, text(Rules.COUNTRY)),
          // what the customs want to know
          customs("dataDescription", ABROAD, LINE),
          customs("encryptedData", ABROAD, words("yes", "no")),
          customs("encryptionClassification", NEVER, LINE),
          customs("exportCertifierName", ABROAD, LINE),
          customs("requiresExportLicense", ABROAD, text(Rules.NO_LICENSE)),
          customs("deviceValue", ABROAD, text(Rules.DEVICE_VALUE)),
          customs("deviceCountryOfOrigin", ABROAD, text(Rules.COUNTRY)),
          customs(
              "deviceType", ABROAD, words("externalStorageDevice", "usbFlashDrive", "sataDrive")),
          customs("deviceHTS", NEVER, text(Rules.TARIFF_CODE)),
          customs("typeOfExport", NEVER, words("return", "permanent", "temporary")));

  private static final Set<String> NAMES = names();

  private Options() {}

  /// All rows.
  static List<Option> table() {
    return TABLE;
  }

  /// The option of this name, or of this old name, in a section of a kind of manifest.
  static Optional<Option> find(Section section, Kind kind, String name) {
    String current = ALIASES.getOrDefault(name, name);
    return of(section, kind).filter(option -> option.name().equals(current)).findFirst();
  }

  /// The options of a section of a kind of manifest.
  static Stream<Option> of(Section section, Kind kind) {
    return TABLE.stream()
        .filter(option -> option.section() == section && option.kinds().contains(kind));
  }

  /// Whether a section of any kind of manifest has an option of this name.
  static boolean isIn(Section section, String name) {
    return TABLE.stream()
        .anyMatch(option -> option.section() == section && option.name().equals(name));
  }

  /// Whether a kind of manifest has an option of this name, and no other kind has.
  static boolean isOnlyIn(Kind kind, String name) {
    List<Option> rows = TABLE.stream().filter(option -> option.name().equals(name)).toList();
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.kinds().equals(Set.of(kind)));
  }

  /// Whether any option has this name.
  static boolean isKnown(String name) {
    return NAMES.contains(name);
  }

  /// Whether the option at top level of this name has values inside.
  static boolean isContainer(String name) {
    return TABLE.stream()
        .filter(option -> option.section() == Section.TOP && option.name().equals(name))
        .anyMatch(option ->
            switch (option.form()) {
              case Form.Text _, Form.Word _, Form.Hidden _, Form.Texts _ -> false;
              case Form.Pairs _, Form.Block _, Form.Blocks _ -> true;
            });
  }

  /// Whether nobody is to see the value of the option at top level of this name.
  static boolean isHidden(String name) {
    return TABLE.stream()
        .anyMatch(option -> option.name().equals(name) && option.form() instanceof Form.Hidden);
  }

  /// Where else than in this place an option of this name could stand, for people.
  static Optional<String> elsewhere(Section section, Kind kind, String name) {
    List<Option> rows = TABLE.stream().filter(option -> option.name().equals(name)).toList();
    Optional<String> place =
        rows.stream()
            .filter(option -> option.kinds().contains(kind) && option.section() != section)
            .map(option -> "it belongs " + place(option.section()))
            .findFirst();
    return place.or(() ->
        rows.isEmpty()
            ? Optional.empty()
            : Optional.of("it goes with " + kinds(rows) + ", not with " + kind.words()));
  }

  private static String place(Section section) {
    return switch (section) {
      case TOP -> "at the beginning of a line, without indentation";
      case RETURN_ADDRESS -> "below returnAddress:, indented";
      case CUSTOMS -> "below customs:, indented";
      case OPERATION -> "into an item below operations:";
    };
  }

  private static String kinds(List<Option> rows) {
    return rows.stream()
        .flatMap(option -> option.kinds().stream())
        .distinct()
        .map(Kind::words)
        .collect(Collectors.joining(" and "));
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(ALIASES.keySet());
    TABLE.forEach(option -> names.add(option.name()));
    return Set.copyOf(names);
  }

  private static Form text(Rule rule) {
    return new Form.Text(rule);
  }

  private static Form words(String... words) {
    return new Form.Word(List.of(words));
  }

  private static Option top(String name, Set<Kind> kinds, Option.Need need, Form form) {
    return new Option(name, Section.TOP, kinds, need, form, MISSING_FIELD, INVALID_FIELD);
  }

  private static Option operation(String name, Set<Kind> kinds, Option.Need need, Form form) {
    return new Option(name, Section.OPERATION, kinds, need, form, MISSING_FIELD, INVALID_FIELD);
  }

  private static Option address(String name, Option.Need need, Form form) {
    return new Option(
        name, Section.RETURN_ADDRESS, ALL, need, form, MISSING_FIELD, INVALID_ADDRESS);
  }

  private static Option customs(String name, Option.Need need, Form form) {
    return new Option(name, Section.CUSTOMS, ALL, need, form, MISSING_CUSTOMS, INVALID_CUSTOMS);
  }
}
