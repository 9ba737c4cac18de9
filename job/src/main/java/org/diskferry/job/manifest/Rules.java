package org.diskferry.job.manifest;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules that options' values follow.
final class Rules {
  /// Most characters of a text for people: more does not fit on a label or into a mail's line.
  private static final int LONGEST_LINE = 1024;

  /// Most bytes of a key or of a part of one, in every store of this kind.
  private static final int LONGEST_KEY = 1024;

  /// Most bytes of a password: what the volumes' format has room for.
  private static final int LONGEST_PASSWORD = 64;

  /// Most digits of a device's own lock; known ones have 16.
  private static final int LONGEST_PIN = 64;

  /// Most addresses that are written to about one job.
  private static final int MOST_ADDRESSES = 50;

  /// Most characters of an archive's comment. Guide, "Import to Amazon Glacier", archiveComment.
  private static final int LONGEST_COMMENT = 997;

  /// Customs value in US dollars that is too much for this service.
  private static final BigDecimal TOO_VALUABLE = new BigDecimal("2500.00");

  private static final EmailValidator EMAIL = JMail.strictValidator();
  private static final Pattern BUCKET_FORM = Pattern.compile("[A-Za-z0-9._-]{3,255}");
  private static final Pattern VAULT_FORM = Pattern.compile("[A-Za-z0-9._-]{1,255}");
  private static final Pattern PIM_FORM = Pattern.compile("[1-9][0-9]{0,6}");
  private static final Pattern TOKEN_FORM = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern EXTENSION_FORM = Pattern.compile("[^/.\\s]+");
  private static final Pattern MEDIA_TYPE_FORM =
      Pattern.compile("[!#$&^_.+0-9A-Za-z-]+/[!#$&^_.+0-9A-Za-z-]+(?:\\s*;[\\x20-\\x7e]*)?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern MONEY = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,2})?");
  private static final Pattern TARIFF =
      Pattern.compile("[0-9]{4}\\.?[0-9]{2}\\.?[0-9]{2}\\.?[0-9]{2}");
  private static final Pattern PHONE = Pattern.compile("(?:[^0-9]*[0-9]){5,20}[^0-9]*");
  private static final Pattern PHONE_SIGNS = Pattern.compile("[0-9A-Za-z+()./ #,-]*");

  static final Rule ANY = value -> Optional.empty();

  static final Rule NO_CONTROLS =
      value ->
          says(
              value.chars().noneMatch(Character::isISOControl),
              "a line end or another control character is in it");

  static final Rule LINE =
      NO_CONTROLS.and(value ->
          says(
              value.length() <= LONGEST_LINE,
              "it is longer than %d characters".formatted(LONGEST_LINE)));

  static final Rule KEY =
      value ->
          says(bytes(value) <= LONGEST_KEY, "it is longer than %d bytes".formatted(LONGEST_KEY));

  static final Rule NOT_EMPTY = value -> says(!value.isEmpty(), "it is empty");

  static final Rule ASCII =
      LINE.and(value -> says(value.chars().allMatch(c -> c < 0x80), "only ASCII is possible"));

  static final Rule TOKEN =
      ASCII.and(value ->
          says(
              TOKEN_FORM.matcher(value).matches(),
              "the name of a header has letters, digits and -_.!#$%&'*+^`|~ only"));

  static final Rule EXTENSION =
      LINE.and(value ->
          says(
              EXTENSION_FORM.matcher(value).matches(),
              "the extension of a file is expected, without dot"));

  static final Rule MEDIA_TYPE =
      ASCII.and(value ->
          says(
              MEDIA_TYPE_FORM.matcher(value).matches(),
              "a content type like text/plain is expected"));

  static final Rule BUCKET =
      value ->
          says(
              BUCKET_FORM.matcher(value).matches(),
              "the name of a bucket is expected, nothing else: 3 to 255 letters, digits, dots,"
                  + " hyphens and underscores");

  static final Rule VAULT =
      value ->
          says(
              VAULT_FORM.matcher(value).matches(),
              "the name of a vault is expected: up to 255 letters, digits, dots, hyphens and"
                  + " underscores");

  static final Rule COMMENT =
      ASCII.and(value ->
          says(
              value.length() <= LONGEST_COMMENT,
              "it is longer than %d characters".formatted(LONGEST_COMMENT)));

  static final Rule ERASE =
      value ->
          says(
              isYes(value),
              "it must be yes, to acknowledge that the device is erased before it is returned");

  static final Rule NO_LICENSE =
      words(List.of("yes", "no"))
          .and(value ->
              says(
                  value.strip().equalsIgnoreCase("no"),
                  "what needs an export license is not carried"));

  static final Rule EXPIRES =
      value ->
          says(
              HttpDate.isValid(value),
              "a date of RFC 1123 is expected, like Thu, 07 Jan 2010 16:00:00 GMT");

  static final Rule EMAILS = Rules::emailProblem;

  static final Rule PASSWORD =
      NO_CONTROLS
          .and(value ->
              says(
                  value.indexOf('*') < 0 && value.indexOf('\'') < 0,
                  "an asterisk and a single quote are not possible in a password; asterisks"
                      + " stand for a password that is stored, and none is"))
          .and(value ->
              says(
                  bytes(value) <= LONGEST_PASSWORD,
                  "a password has at most %d bytes".formatted(LONGEST_PASSWORD)));

  static final Rule PIN =
      value ->
          says(
              DIGITS.matcher(value).matches() && value.length() <= LONGEST_PIN,
              "a PIN code has 1 to %d digits, and nothing else".formatted(LONGEST_PIN));

  /// VeraCrypt's own limit: what keeps the repetitions within 31 bits.
  private static final int LARGEST_PIM = 2_147_468;

  static final Rule PIM =
      value ->
          says(
              PIM_FORM.matcher(value).matches() && Integer.parseInt(value) <= LARGEST_PIM,
              "a PIM is a number from 1 to %d; leave it out where VeraCrypt was not given one"
                  .formatted(LARGEST_PIM));

  static final Rule DEVICE_VALUE = Rules::deviceValueProblem;

  static final Rule TARIFF_CODE =
      value ->
          says(
              TARIFF.matcher(value.strip()).matches(),
              "ten digits are expected, like 8471.70.4065");

  static final Rule COUNTRY =
      value ->
          says(
              Country.named(value).isPresent(),
              "no country is known by this name; use its English name or its code of ISO 3166");

  static final Rule PHONE_NUMBER =
      LINE.and(value ->
          says(
              PHONE.matcher(value).matches() && PHONE_SIGNS.matcher(value).matches(),
              "a telephone number is expected"));

  static final Rule DIRECTORY = LINE.and(KEY).and(Rules::directoryProblem);

  static final Rule ONE_NAME =
      DIRECTORY.and(value -> {
        String name = Directories.trimmed(value);
        return says(
            !name.isEmpty() && name.indexOf('/') < 0,
            "the name of one directory at the device's root is expected");
      });

  private Rules() {}

  /// One of these words, in any case.
  static Rule words(List<String> known) {
    return value ->
        says(
            known.stream().anyMatch(word -> word.equalsIgnoreCase(value.strip())),
            "possible values: " + String.join(", ", known));
  }

  /// Whether a switch is on.
  static boolean isYes(String value) {
    String word = value.strip();
    return word.equalsIgnoreCase("yes") || word.equalsIgnoreCase("true");
  }

  /// The addresses of a list with semicolons.
  static List<String> addresses(String list) {
    return Arrays.stream(list.split(";", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static Optional<String> emailProblem(String value) {
    List<String> addresses = addresses(value);
    if (addresses.isEmpty() || addresses.size() > MOST_ADDRESSES) {
      return Optional.of(
          "1 to %d addresses with semicolons between them are expected".formatted(MOST_ADDRESSES));
    }
    return addresses.stream()
        .filter(EMAIL::isInvalid)
        .findFirst()
        .map(wrong -> "%s is no e-mail address".formatted(Shown.clip(wrong)));
  }

  private static Optional<String> deviceValueProblem(String value) {
    String amount = value.strip();
    if (!MONEY.matcher(amount).matches()) {
      return Optional.of("an amount in US dollars is expected, like 250.00");
    }
    BigDecimal dollars = new BigDecimal(amount);
    return says(
        dollars.signum() > 0 && dollars.compareTo(TOO_VALUABLE) < 0,
        "a device is worth something, and less than %s US dollars".formatted(TOO_VALUABLE));
  }

  private static Optional<String> directoryProblem(String value) {
    boolean steps =
        Arrays.stream(value.split("/", -1)).anyMatch(name -> name.equals(".") || name.equals(".."));
    return says(
        !steps && value.indexOf('\\') < 0,
        "a directory on the device is expected, with / between names, without . and ..");
  }

  private static int bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Optional<String> says(boolean good, String problem) {
    return good ? Optional.empty() : Optional.of(problem);
  }
}
