package org.diskferry.access.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON of a policy (IAM JSON policy grammar, versions 2008-10-17 and 2012-10-17): every
/// element is known or the document is refused.
final class PolicyReader {
  /// The largest managed policy of the model has 6,144 characters, a bucket policy 20 KiB.
  private static final int MAX_CHARACTERS = 20_480;

  /// Document, statements, statement, list of actions.
  private static final int MAX_DEPTH = 4;

  private static final int MAX_STATEMENTS = 500;

  private static final String NEWEST = "2012-10-17";
  private static final Set<String> VERSIONS = Set.of(NEWEST, "2008-10-17");
  private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT =
      Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource");
  private static final Pattern ACTION = Pattern.compile("\\*|[a-z0-9-]+:[a-z0-9*?]+");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_CHARACTERS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PolicyReader() {}

  static List<Statement> read(String json) throws PolicyException {
    if (json.length() > MAX_CHARACTERS) {
      throw new PolicyException("a policy has at most " + MAX_CHARACTERS + " characters");
    }
    JsonNode document = tree(json);
    if (!document.isObject()) {
      throw new PolicyException("a policy is a JSON object with Version and Statement");
    }
    checkNames(document, DOCUMENT, "the policy");
    boolean variables = version(document).equals(NEWEST);
    return statements(document.path("Statement"), variables);
  }

  private static JsonNode tree(String json) throws PolicyException {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw new PolicyException("the policy is not well-formed JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String version(JsonNode document) throws PolicyException {
    JsonNode version = document.path("Version");
    if (version.isMissingNode()) {
      return "2008-10-17";
    }
    if (!version.isString() || !VERSIONS.contains(version.stringValue())) {
      throw new PolicyException("Version must be 2012-10-17 or 2008-10-17");
    }
    return version.stringValue();
  }

  private static List<Statement> statements(JsonNode node, boolean variables)
      throws PolicyException {
    List<Statement> statements = new ArrayList<>();
    if (node.isObject()) {
      statements.add(statement(node, 1, variables));
    } else if (node.isArray() && node.size() <= MAX_STATEMENTS) {
      for (JsonNode each : node) {
        statements.add(statement(each, statements.size() + 1, variables));
      }
    }
    if (statements.isEmpty()) {
      throw new PolicyException(
          "Statement must be an object, or a list of 1 to %d of them".formatted(MAX_STATEMENTS));
    }
    return statements;
  }

  private static Statement statement(JsonNode node, int number, boolean variables)
      throws PolicyException {
    String where = "statement " + number;
    if (!node.isObject()) {
      throw new PolicyException(where + " is not an object");
    }
    checkNames(node, STATEMENT, where);
    Patterns actions = patterns(node, "Action", where);
    Patterns resources =
        node.has("Resource") || node.has("NotResource")
            ? patterns(node, "Resource", where)
            : new Patterns(List.of("*"), false);
    return new Statement(
        effect(node, where),
        new Patterns(checkActions(actions.globs(), where), actions.except()),
        new Patterns(checkResources(resources.globs(), variables, where), resources.except()));
  }

  private static void checkNames(JsonNode node, Set<String> known, String where)
      throws PolicyException {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw new PolicyException(
            "%s has the element %s, which is not supported; it would be wrong to leave it out"
                .formatted(where, name));
      }
    }
  }

  private static Effect effect(JsonNode node, String where) throws PolicyException {
    String word = node.path("Effect").asString("");
    return Arrays.stream(Effect.values())
        .filter(e -> e.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new PolicyException(where + ": Effect must be Allow or Deny"));
  }

  /// Exactly one of `name` and `Notname`, each a text or a list of texts.
  private static Patterns patterns(JsonNode node, String name, String where)
      throws PolicyException {
    String not = "Not" + name;
    if (node.has(name) == node.has(not)) {
      throw new PolicyException("%s needs one of %s and %s".formatted(where, name, not));
    }
    boolean except = node.has(not);
    JsonNode value = node.path(except ? not : name);
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      for (JsonNode each : value) {
        texts.add(text(each, where, name));
      }
    } else {
      texts.add(text(value, where, name));
    }
    if (texts.isEmpty()) {
      throw new PolicyException("%s: %s is an empty list".formatted(where, name));
    }
    return new Patterns(texts, except);
  }

  private static String text(JsonNode node, String where, String name) throws PolicyException {
    if (!node.isString()) {
      throw new PolicyException("%s: %s must be a text or a list of texts".formatted(where, name));
    }
    return node.stringValue();
  }

  private static List<String> checkActions(List<String> actions, String where)
      throws PolicyException {
    List<String> lower = actions.stream().map(a -> a.toLowerCase(Locale.ROOT)).toList();
    for (String action : lower) {
      if (!ACTION.matcher(action).matches()) {
        throw new PolicyException(
            "%s: an action is * or service:Action, not %s".formatted(where, action));
      }
    }
    return lower;
  }

  private static List<String> checkResources(
      List<String> resources, boolean variables, String where) throws PolicyException {
    for (String resource : resources) {
      if (!resource.equals("*") && !resource.startsWith("arn:")) {
        throw new PolicyException(
            "%s: a resource is * or begins with arn:, not %s".formatted(where, resource));
      }
      if (variables && resource.contains("${")) {
        throw new PolicyException(
            "%s: policy variables are not supported: %s".formatted(where, resource));
      }
    }
    return resources;
  }
}
