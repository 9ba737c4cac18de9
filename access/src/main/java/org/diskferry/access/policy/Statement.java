package org.diskferry.access.policy;

import java.util.Locale;

/// One rule of a policy.
///
/// @param effect what it does
/// @param actions in lower case: actions know no case
/// @param resources exact: resources do
record Statement(Effect effect, Patterns actions, Patterns resources) {

  boolean applies(String action, String resource) {
    return actions.match(action.toLowerCase(Locale.ROOT)) && resources.match(resource);
  }
}
