package org.diskferry.access.policy;

import java.util.List;

/// A policy as it was written, and what it means.
public final class PolicyDocument {
  private final String json;
  private final List<Statement> statements;

  PolicyDocument(String json, List<Statement> statements) {
    this.json = json;
    this.statements = List.copyOf(statements);
  }

  /// Reads a document.
  ///
  /// @throws PolicyException if it is no policy, or says what we do not understand (`Condition`,
  ///   `Principal`, variables): a rule that is not understood is never left out
  public static PolicyDocument parse(String json) throws PolicyException {
    return new PolicyDocument(json, PolicyReader.read(json));
  }

  /// The text that it was read from.
  public String json() {
    return json;
  }

  /// Whether a statement of this effect applies.
  boolean says(Effect effect, String action, String resource) {
    return statements.stream().anyMatch(s -> s.effect() == effect && s.applies(action, resource));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyDocument that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
