package org.diskferry.app.operator;

import tools.jackson.databind.JsonNode;

/// Something that the running service does for its operator.
@FunctionalInterface
public interface Verb {

  /// Does it. What is returned is sent back as JSON.
  ///
  /// @param arguments an object with the verb's arguments
  /// @throws Exception whose message the operator is shown
  Object run(JsonNode arguments) throws Exception;
}
