package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every option, for every kind of job that has it: absent, empty, of the wrong type, with wrong
/// values, in a manifest of the wrong version, in kinds of job that do not have it, and valid; with
/// the code and the line of each.
class OptionTableTest {
  private static final String GOOD = "-";

  /// Kinds (I import to S3, X export, E EBS, G Glacier) | option | valid values | wrong values |
  /// code when absent or empty | code when wrong. Codes without `Exception`; `-` is accepted.
  private static final String TABLE =
      """
      IX   | manifestVersion | 2.0 ~ 2.0; ~ 1.0 ~ 1.1 ~ 1.2 ~ 1.3 ~ "2.0" | 3.0 ~ 2 ~ 2.0;; ~ 1.4 ~ two | MissingManifestField | InvalidManifestField
      EG   | manifestVersion | 3.0 ~ 3.0; | 2.0 ~ 1.3 ~ 3 ~ 4.0 | MissingManifestField | InvalidManifestField
      IXEG | deviceId | 49382 ~ 0123 ~ 1e5 ~ S/N 123XXXY1934883 | [Enter device serial number] ~ ***id*** ~ "a\\nb" | MissingManifestField | InvalidManifestField
      IXEG | notificationEmail | a@example.com ~ a@example.com;b@example.com; ~ a@example.com ; b@example.com | joe ~ a@example.com,b@example.com ~ ; ~ a@b ~ [Email addresses, semicolon separated] | MissingManifestField | InvalidManifestField
      IEG  | eraseDevice | yes ~ Yes ~ true ~ TRUE | no ~ false ~ y ~ 1 ~ on | MissingManifestField | InvalidManifestField
      IXEG | returnAddress | | 123 Any Street, Anytown | MissingManifestField | InvalidAddress
      IXEG | customs | | none | - | InvalidCustoms
      IXEG | accessKeyId | AKIAIOSFODNN7EXAMPLE | [key] | - | InvalidManifestField
      IXEG | generator | text editor ~ AWS Import/Export Sample App 1.0 | [x] | - | InvalidManifestField
      I    | logBucket | my-logs ~ MyLogs ~ my_logs.1 | a ~ my logs ~ logs/deep ~ [Your log bucket] ~ s3://logs | - | InvalidManifestField
      XEG  | logBucket | my-logs | a ~ my logs ~ logs/deep ~ [Your log bucket] | MissingManifestField | InvalidManifestField
      IXEG | logPrefix | logs ~ logs/ ~ loadlogs- ~ "Grüße/" | [Optional - a prefix for your log bucket] ~ LONG | - | InvalidManifestField
      IXEG | serviceLevel | standard ~ expeditedShipping ~ Standard | fast ~ [x] | - | InvalidManifestField
      IXEG | pinCode | 4321 ~ 0123 ~ "0000" | 12a4 ~ 12 34 ~ ******** ~ [PIN code] | - | InvalidManifestField
      I    | trueCryptPassword | SimpleButEasilyCrackedEXAMPLE ~ "a b#c" ~ "a,b" ~ ünïcödé | "a*b" ~ "it's" ~ ******** ~ [password] ~ LONG | - | InvalidManifestField
      I    | veraCryptPim | 1 ~ 485 ~ "2147468" | 0 ~ 01 ~ -1 ~ 2147469 ~ 99999999 ~ ten ~ ******** ~ [PIM] | - | InvalidManifestField
      I    | fatCodePage | 437 ~ 850 ~ "932" ~ 1258 | 0 ~ 0437 ~ 1252 ~ cp850 ~ -437 ~ 437.0 ~ [x] | - | InvalidManifestField
      X    | trueCryptPassword | SimpleButEasilyCrackedEXAMPLE ~ "a b#c" ~ "a,b" ~ ünïcödé | "a*b" ~ "it's" ~ ******** ~ [password] ~ LONG | MissingManifestField | InvalidManifestField
      IX   | substitutions | BLOCK"A" : "a" ~ BLOCK$COLON$ : ":" ~ BLOCK"\\$COMMA\\$" : "," ~ BLOCK"ZZ1/" : "" | BLOCK"" : "a" | - | InvalidManifestField
      I    | bucket | my-bucket ~ myBucket ~ XYZ | a ~ my/bucket ~ [Enter import bucket] ~ ***bucket*** ~ @BUCKET@ | MissingManifestField | InvalidManifestField
      I    | prefix | imported/ ~ images ~ myprefix$COLON$ ~ "ключ/" | LONG ~ [x] | - | InvalidManifestField
      I    | ignore | ITEMS\\.psd$ ~ ITEMS.*~$ ~ ITEMS^\\$Recycle\\.bin/ ~ ITEMS"a b" ~ ITEMSx{1000} | ITEMS"*x" ~ ITEMS"(" ~ ITEMSx{1000}{1000}{1000} ~ ITEMS(?:){2000000000} | - | InvalidManifestField
      I    | acl | private ~ public-read ~ public-read-write ~ authenticated-read | everyone ~ bucket-owner-read ~ [x] | - | InvalidManifestField
      I    | storageClass | STANDARD ~ REDUCED_REDUNDANCY | GLACIER ~ [x] | - | InvalidManifestField
      I    | cacheControl | max-age=3600 ~ whatever it is | "a\\r\\nb: c" ~ "a\\nb" ~ [x] | - | InvalidManifestField
      I    | contentDisposition | attachment | "a\\r\\nb: c" ~ "a\\rb" ~ [x] | - | InvalidManifestField
      I    | contentLanguage | es ~ Spanish | "a\\r\\nb: c" ~ [x] | - | InvalidManifestField
      I    | expires | Thu, 07 Jan 2010 16:00:00 GMT ~ 07 Jan 2010 16:00:00 GMT ~ Mon , 12 Apr 2010 23:20:00 UT ~ Wed, 23 Feb 2011 01:55:59 +0100 ~ 23-Feb-2011 01:55:59 GMT | tomorrow ~ Fri, 07 Jan 2010 16:00:00 GMT ~ 31 Feb 2010 16:00:00 GMT ~ 2010-01-07T16:00:00Z ~ 07 Jan 2010 24:00:00 GMT ~ 07 Jan 2010 | - | InvalidManifestField
      I    | contentTypes | BLOCKcsv: application/vnd.ms-excel ~ BLOCKhtml: text/html; charset=utf-8 | BLOCKcsv: excel ~ BLOCKcsv: "text/csv\\r\\nx: y" ~ BLOCK.csv: text/csv ~ BLOCKcsv: | - | InvalidManifestField
      I    | defaultContentType | binary/octet-stream | nonsense ~ [x] | - | InvalidManifestField
      I    | setContentEncodingForGzFiles | yes ~ Yes ~ true ~ no ~ whatever | [yes/no] | - | InvalidManifestField
      I    | diskTimestampMetadataKey | disk-timestamp | disk timestamp ~ disk:timestamp ~ Änderung ~ [x] | - | InvalidManifestField
      I    | staticMetadata | BLOCKapplication: MyBackupApp ~ BLOCKimport-timestamp: Wed, 23 Feb 2011 01:55:59 GMT | BLOCKmy app: x ~ BLOCKapp: Grüße ~ BLOCKapp: "a\\r\\nb: c" ~ BLOCKa: 1\\nA: 2 ~ BLOCKa: METADATA | - | InvalidManifestField
      X    | fileSystem | NTFS ~ EXT4 ~ ext4 | FAT32 ~ EXT3 ~ exFAT | MissingManifestField | InvalidFileSystem
      X    | containerFormat | truecrypt ~ veracrypt ~ TrueCrypt ~ VERACRYPT | luks ~ bitlocker ~ [x] | - | InvalidManifestField
      X    | recoveryDirectory | EXPORT-RECOVERY ~ LostAndFound ~ /LostAndFound/ | / ~ a/b ~ .. ~ [x] | - | InvalidManifestField
      X    | targetDirectory | / ~ myexport/stuff ~ data, | ../up ~ a/../../b ~ . ~ a\\b ~ [x] | - | InvalidManifestField
      XEG  | operations | | everything | MissingManifestField | InvalidManifestField
      X    | operations.exportBucket | my-bucket ~ ImportExportBucket | a ~ my/bucket ~ [Your bucket] | MissingManifestField | InvalidManifestField
      X    | operations.prefix | images ~ exported/ | LONG ~ [x] | - | InvalidManifestField
      X    | operations.beginMarker | images/starwars | LONG ~ [x] | - | InvalidManifestField
      X    | operations.endMarker | images/xena | LONG ~ [x] | - | InvalidManifestField
      X    | operations.targetDirectory | myexport/stuff ~ / | ../up ~ [x] | - | InvalidManifestField
      EG   | operations.destination | | floppy ~ S3 | MissingManifestField | InvalidManifestField
      EG   | operations.source | device | bucket ~ [x] | MissingManifestField | InvalidManifestField
      E    | operations.region | us-east-1 ~ us-west-1 ~ us-west-2 | mars-north-1 ~ us-east-1 \\| us-west-1 ~ [us-east-1] | MissingManifestField | InvalidManifestField
      G    | operations.region | us-east-1 ~ us-west-1 ~ us-west-2 | mars-north-1 ~ ap-southeast-1 ~ [us-east-1/us-west-1] | MissingManifestField | InvalidManifestField
      E    | operations.deviceCapacityGreaterThan1TB | yes ~ no ~ Yes | maybe ~ [yes/no] | MissingManifestField | InvalidManifestField
      G    | operations.vaultName | MyGlacierVault ~ 2012-07_archive | my vault ~ a/b ~ [Your Glacier vault] | MissingManifestField | InvalidManifestField
      G    | operations.archiveComment | July 24, 2012 daily archive | COMMENT ~ "a\\nb" ~ [Your description for the new Glacier archive] | MissingManifestField | InvalidManifestField
      IXEG | returnAddress.name | Jane Roe ~ Amazon.com ATTN:Joe Random | [Your name] ~ LONG | MissingManifestField | InvalidAddress
      IXEG | returnAddress.company | Example Corp. | [Optional - your company] ~ LONG | - | InvalidAddress
      IXEG | returnAddress.street1 | 123 Any Street ~ 12 Box Hill Road | P.O. Box 12 ~ PO Box 7 ~ [Your street] | MissingManifestField | InvalidAddress
      IXEG | returnAddress.street2 | Suite 101 | Post Office Box 9 ~ [Optional - additional street info] | - | InvalidAddress
      IXEG | returnAddress.street3 | Building B | POB 12 ~ [x] | - | InvalidAddress
      IXEG | returnAddress.city | Anytown | [Your city] ~ LONG | MissingManifestField | InvalidAddress
      IXEG | returnAddress.stateOrProvince | WA ~ wa ~ Washington ~ N.Y. | Haryana ~ XX ~ [Required for USA and Canada. Your state or province] | MissingManifestField | InvalidAddress
      IXEG | returnAddress.postalCode | 91011-1111 ~ 00000 ~ 01234 | [Your postal code] ~ LONG | MissingManifestField | InvalidAddress
      IXEG | returnAddress.phoneNumber | 206-555-1111 ~ +91 431 555 1000 ~ (206) 555-1111 x12 | call me ~ 911 ~ [Contact number] | MissingManifestField | InvalidAddress
      IXEG | returnAddress.country | USA ~ US ~ U.S.A. ~ United States ~ united states of america | Atlantis ~ XX ~ [Your country] | MissingManifestField | InvalidAddress
      IXEG | customs.dataDescription | This device contains medical test results. | [x] ~ LONG | MissingCustoms | InvalidCustoms
      IXEG | customs.encryptedData | yes ~ no | maybe ~ [x] | MissingCustoms | InvalidCustoms
      IXEG | customs.encryptionClassification | 5D992 ~ 5d992 | 5D002 ~ [x] | MissingCustoms | InvalidCustoms
      IXEG | customs.exportCertifierName | John Doe | [x] ~ LONG | MissingCustoms | InvalidCustoms
      IXEG | customs.requiresExportLicense | no ~ No | yes ~ maybe ~ [x] | MissingCustoms | InvalidCustoms
      IXEG | customs.deviceValue | 250.00 ~ 250 ~ 2499.99 ~ 0.01 | 2500.00 ~ 2500 ~ 0 ~ -5 ~ $250 ~ 1e2 ~ much ~ [x] | MissingCustoms | InvalidCustoms
      IXEG | customs.deviceCountryOfOrigin | Ghana ~ Japan ~ BR ~ JPN | Atlantis ~ [x] | MissingCustoms | InvalidCustoms
      IXEG | customs.deviceType | externalStorageDevice ~ usbFlashDrive ~ sataDrive | floppy ~ [x] | MissingCustoms | InvalidCustoms
      IXEG | customs.deviceHTS | 8471.70.4065 ~ 8471704065 ~ 8471.70.40.65 | 8471.70 ~ 84717040650 ~ abcd.70.4065 ~ [x] | - | InvalidCustoms
      IXEG | customs.typeOfExport | return ~ permanent ~ temporary | forever ~ [x] | - | InvalidCustoms
      """;

  private record Row(
      Kind kind, String path, List<String> valid, List<String> wrong, String absent, String code) {
    Sheet sheet() {
      return path.startsWith("customs") ? Sheet.abroad(kind) : Sheet.of(kind);
    }

    /// Where what is absent is missed.
    int lineOfContainer(Sheet sheet) {
      if (path.startsWith("operations.")) {
        return sheet.line("operations") + 1;
      }
      int dot = path.indexOf('.');
      return dot < 0 ? 1 : sheet.line(path.substring(0, dot));
    }

    boolean isBlock() {
      return Set.of(
              "returnAddress",
              "customs",
              "operations",
              "contentTypes",
              "staticMetadata",
              "substitutions",
              "ignore")
          .contains(path);
    }
  }

  @Test
  void theTableHasARowForEveryOptionOfEveryKind() {
    Set<String> tested = new TreeSet<>();
    rows().forEach(row -> tested.add(row.kind() + " " + row.path()));
    Set<String> known = new TreeSet<>();
    for (Option option : Options.table()) {
      option.kinds().forEach(kind -> known.add(kind + " " + option.path()));
    }
    assertThat(tested).isEqualTo(known);
  }

  @Test
  void theSheetsThatTheTableStartsFromAreAccepted() {
    for (Kind kind : Kind.values()) {
      Reading.accepted(Sheet.of(kind).read());
      Reading.accepted(Sheet.abroad(kind).read());
    }
  }

  @TestFactory
  Stream<DynamicContainer> everyOption() {
    return rows().stream().map(row -> dynamicContainer(row.kind() + " " + row.path(), tests(row)));
  }

  private static List<DynamicTest> tests(Row row) {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(dynamicTest("absent", () -> absent(row)));
    tests.add(dynamicTest("empty", () -> empty(row)));
    tests.add(dynamicTest("of the wrong type", () -> wrongType(row)));
    for (String value : row.valid()) {
      tests.add(dynamicTest("valid: " + value, () -> valid(row, value)));
      tests.add(dynamicTest("of the wrong version: " + value, () -> wrongVersion(row, value)));
    }
    for (String value : row.wrong()) {
      tests.add(dynamicTest("wrong: " + value, () -> wrong(row, value)));
    }
    for (Kind kind : Kind.values()) {
      if (Options.find(Section.TOP, kind, row.path()).isEmpty() && row.path().indexOf('.') < 0) {
        tests.add(dynamicTest("in " + kind, () -> inKindWithoutIt(row, kind)));
      }
    }
    return tests;
  }

  private static void absent(Row row) {
    Sheet sheet = row.sheet().without(row.path());
    if (row.path().equals("operations.exportBucket")) {
      sheet.with("operations.prefix", "so that an operation is left");
    }
    expectMissing(row, sheet, row.lineOfContainer(sheet), needOfBlock(row));
  }

  /// Abroad the customs are needed as a whole; what lacks them is the country.
  private static String needOfBlock(Row row) {
    return row.path().equals("customs") ? "MissingCustoms" : row.absent();
  }

  private static void empty(Row row) {
    Sheet sheet = row.sheet().with(row.path(), "");
    int line = sheet.line(row.path());
    expectMissing(row, sheet, line, needOfBlock(row));
  }

  private static void expectMissing(Row row, Sheet sheet, int line, String code) {
    if (code.equals(GOOD)) {
      Reading.accepted(sheet.read());
      return;
    }
    int expected = row.path().equals("customs") ? sheet.line("returnAddress.country") : line;
    expect(sheet.read(), code, expected, row.path());
  }

  private static void wrongType(Row row) {
    String value = row.isBlock() ? "nonsense" : "\n  - a\n  - b";
    Sheet sheet = row.sheet().with(row.path(), value);
    expect(sheet.read(), row.code(), sheet.line(row.path()), row.path());
    if (row.isBlock() && !row.path().equals("operations") && !row.path().equals("ignore")) {
      Sheet list = row.sheet().with(row.path(), "\n  - a\n  - b");
      expect(list.read(), row.code(), list.line(row.path()), row.path());
    }
  }

  private static void valid(Row row, String value) {
    Reading.accepted(row.sheet().with(row.path(), expand(value)).read());
  }

  private static void wrong(Row row, String value) {
    Sheet sheet = row.sheet().with(row.path(), expand(value));
    boolean placeholder =
        value.startsWith("[") || value.startsWith("***b") || value.startsWith("***i");
    String code = placeholder ? "InvalidManifestField" : row.code();
    int line = sheet.line(row.path());
    boolean inside = value.startsWith("BLOCK") || value.startsWith("ITEMS");
    boolean whole = value.contains("METADATA") || value.contains("\\nA:");
    expect(sheet.read(), code, inside && !whole ? line + 1 : line, row.path());
  }

  private static void wrongVersion(Row row, String value) {
    String other = row.kind().takes("3.0") ? "2.0" : "3.0";
    Sheet sheet = row.sheet().with(row.path(), expand(value)).with("manifestVersion", other);
    expect(sheet.read(), "InvalidManifestField", sheet.line("manifestVersion"), "manifestVersion");
  }

  private static void inKindWithoutIt(Row row, Kind kind) {
    String value =
        row.valid().isEmpty() ? row.sheet().value(row.path()) : expand(row.valid().getFirst());
    if (row.path().equals("operations")) {
      value = "\n- exportBucket: my-bucket";
    }
    if (row.path().equals("bucket") && kind != Kind.S3_EXPORT) {
      value = "my-bucket";
    }
    Sheet sheet = Sheet.of(kind).with(row.path(), value);
    expect(sheet.read(), "InvalidManifestField", sheet.line(row.path()), row.path());
  }

  private static void expect(ManifestResult result, String code, int line, String path) {
    ManifestResult.Refused refused = Reading.refused(result);
    assertThat(refused.faults())
        .as(refused.message())
        .anySatisfy(fault -> {
          assertThat(fault.cls().code()).isEqualTo(code + "Exception");
          assertThat(fault.line()).isEqualTo(line);
          assertThat(fault.option()).isEqualTo(path);
        });
    assertThat(refused.code()).as(refused.message()).isEqualTo(code + "Exception");
    assertThat(refused.message()).startsWith(refused.cls().text()).contains("line " + line);
  }

  private static String expand(String value) {
    return value
        .replace("BLOCK", "\n  ")
        .replace("ITEMS", "\n  - ")
        .replace("\\nA:", "\n  A:")
        .replace("LONG", "x".repeat(1025))
        .replace("COMMENT", "x".repeat(998))
        .replace(
            "METADATA",
            "x".repeat(1000) + "\n  b: " + "x".repeat(1000) + "\n  c: " + "x".repeat(60))
        .replace("\\|", "|");
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells =
          Arrays.stream(line.split("(?<!\\\\)\\|", -1)).map(String::strip).toArray(String[]::new);
      for (Kind kind : Kind.values()) {
        if (cells[0].contains(letter(kind))) {
          rows.add(new Row(kind, cells[1], values(cells[2]), values(cells[3]), cells[4], cells[5]));
        }
      }
    }
    return rows;
  }

  private static String letter(Kind kind) {
    return switch (kind) {
      case S3_IMPORT -> "I";
      case S3_EXPORT -> "X";
      case EBS_IMPORT -> "E";
      case GLACIER_IMPORT -> "G";
    };
  }

  private static List<String> values(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(" ~ ", -1));
  }
}
