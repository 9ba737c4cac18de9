package org.diskferry.access.policy;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.Policies;

/// All documents that apply to one user: a deny in any of them wins, else an allow in any of them.
public record PolicyDocuments(List<PolicyDocument> documents) implements Policies {

  /// Copies the list.
  public PolicyDocuments {
    documents = List.copyOf(documents);
  }

  /// Reads the documents of a user.
  public static PolicyDocuments parse(List<String> jsons) throws PolicyException {
    List<PolicyDocument> documents = new ArrayList<>();
    for (String json : jsons) {
      documents.add(PolicyDocument.parse(json));
    }
    return new PolicyDocuments(documents);
  }

  @Override
  public boolean allow(String action, String resource) {
    return !says(Effect.DENY, action, resource) && says(Effect.ALLOW, action, resource);
  }

  private boolean says(Effect effect, String action, String resource) {
    return documents.stream().anyMatch(d -> d.says(effect, action, resource));
  }
}
