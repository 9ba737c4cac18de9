package org.diskferry.job.manifest;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;

/// Post-office boxes in the forms in which people write them. Carriers do not deliver there.
///
/// Streets and towns that only sound so (`Box Hill Road`, `Old Post Office Road`) are none.
final class PostOfficeBox {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /// Between the words: blanks, dots, hyphens.
  private static final String GAP = "[\\s.\\-]*";

  /// What follows the words: a number, or the end.
  private static final String NUMBER = GAP + "(?:#|no\\b|nr\\b|n[°º])?" + GAP + "(?:[0-9]|$)";

  private static final List<Pattern> FORMS =
      List.of(
          form("\\b(?:g" + GAP + ")?p" + GAP + "[o0]" + GAP + "(?:box|bx|drawer)\\b"),
          form("\\bp" + GAP + "[o0]" + GAP + "b[.:]?\\s*#?\\s*[0-9]+"),
          form("\\bpost[\\s-]*office[\\s-]*(?:box|drawer)\\b"),
          form("\\bpost(?:al)?[\\s-]*box\\b" + NUMBER),
          form("^\\s*(?:lock\\s*)?box\\s*(?:#|no\\.?)?\\s*[0-9]+"),
          form("\\b(?:locked|private)[\\s-]+(?:mail[\\s-]*)?bag\\b" + NUMBER),
          form("\\b(?:postfach|postbus|postboks|postilokero)\\b"),
          form(
              "\\b(?:bo[iî]te\\s+postale|casella\\s+postale|caixa\\s+postal|skrytka\\s+pocztowa)\\b"),
          form("\\bapartado\\s+(?:de\\s+correos|postal|[0-9])"),
          form("^\\s*b\\.?\\s*p\\.?\\s*(?:n[°º])?\\s*[0-9]+\\s*(?:,.*)?$"));

  private PostOfficeBox() {}

  static boolean isIn(String line) {
    String plain = Normalizer.normalize(line, Normalizer.Form.NFKC);
    return FORMS.stream().anyMatch(form -> form.matcher(plain).find());
  }

  private static Pattern form(String expression) {
    return Pattern.compile(expression, FLAGS);
  }
}
