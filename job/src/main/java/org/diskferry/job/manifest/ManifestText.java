package org.diskferry.job.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A manifest's text as named values: first as YAML has it, and where that makes no sense with the
/// shorthand that old templates use.
///
/// @param source the text that was parsed, which knows its places in the original
/// @param root what it says
record ManifestText(SourceText source, Value.Entries root) {
  /// Most bytes of UTF-8: a thousand times what the largest template has.
  static final int LONGEST = 256 * 1024;

  static ManifestText parse(String text) throws MalformedException {
    refuseUnreadable(text);
    SourceText source = Repairs.blanks(SourceText.of(text));
    SourceText repaired = Repairs.shorthand(source);
    boolean shorthand = !repaired.text().equals(source.text());
    if (!shorthand) {
      return read(source);
    }
    try {
      ManifestText strict = read(source);
      if (makesSense(strict.root)) {
        return strict;
      }
    } catch (MalformedException e) {
      // the shorthand decides, and its own trouble is the one to tell of
    }
    return read(repaired);
  }

  private static ManifestText read(SourceText source) throws MalformedException {
    Value root = YamlTree.read(source);
    if (root instanceof Value.Entries entries) {
      return new ManifestText(source, joinAddress(entries));
    }
    throw new MalformedException(root.line(), noManifest(source.text().strip()));
  }

  private static String noManifest(String text) {
    boolean path = !text.contains("\n") && (text.contains("/") || text.contains("\\"));
    return path || text.endsWith(".txt") || text.endsWith(".yml")
        ? "this looks like the name of a file; send the text of the manifest"
            + " (with the AWS command line: file://name)"
        : "a manifest has lines like name: value";
  }

  /// Where every option of several fields, or list of them, is one: a scalar there is a sign that
  /// blanks are missing after its colons.
  private static boolean makesSense(Value.Entries root) {
    return root.entries().stream()
        .noneMatch(e -> Options.isContainer(e.name().text()) && hasStrayText(e.value()));
  }

  private static boolean hasStrayText(Value value) {
    return switch (value) {
      case Value.Text text -> !text.isEmpty();
      case Value.Items items -> items.items().stream().anyMatch(Value.Text.class::isInstance);
      case Value.Entries _ -> false;
    };
  }

  /// The fields of an address that are not indented below `returnAddress:` are meant to be.
  private static Value.Entries joinAddress(Value.Entries root) throws MalformedException {
    List<Value.Entry> rest = new ArrayList<>();
    List<Value.Entry> stray = new ArrayList<>();
    for (Value.Entry entry : root.entries()) {
      boolean field = Options.isIn(Section.RETURN_ADDRESS, entry.name().text());
      (field ? stray : rest).add(entry);
    }
    for (int i = 0; i < rest.size(); i++) {
      Value.Entry entry = rest.get(i);
      if (entry.name().text().equals("returnAddress") && !stray.isEmpty()) {
        rest.set(i, new Value.Entry(entry.name(), joined(entry, stray)));
        return new Value.Entries(rest, root.span());
      }
    }
    return root;
  }

  private static Value joined(Value.Entry address, List<Value.Entry> stray)
      throws MalformedException {
    List<Value.Entry> fields = new ArrayList<>();
    if (address.value() instanceof Value.Entries indented) {
      fields.addAll(indented.entries());
    } else if (!address.value().isEmpty()) {
      return address.value();
    }
    fields.addAll(stray);
    Set<String> names = new HashSet<>();
    for (Value.Entry field : fields) {
      if (!names.add(field.name().text())) {
        throw new MalformedException(field.name().line(), field.name().text() + " is there twice");
      }
    }
    return new Value.Entries(fields, address.name().span());
  }

  private static void refuseUnreadable(String text) throws MalformedException {
    if (text.length() > LONGEST || text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new MalformedException(1, "the manifest is longer than %d bytes".formatted(LONGEST));
    }
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line += c == '\n' ? 1 : 0;
      if (Character.isISOControl(c) && "\t\n\r\u0085".indexOf(c) < 0) {
        throw new MalformedException(line, "there is a control character, %04X".formatted((int) c));
      }
    }
  }
}
