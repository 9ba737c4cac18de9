package org.diskferry.access.policy;

/// What a statement does with what it matches.
public enum Effect {
  /// Allows, unless another statement denies.
  ALLOW("Allow"),
  /// Denies, whatever others allow.
  DENY("Deny");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  /// The word of a document.
  public String word() {
    return word;
  }
}
