package org.diskferry.store.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.diskferry.store.KeyForm;
import org.diskferry.store.StoreException;
import org.diskferry.store.http.Answer;

/// Which forms of keys a store gives back as it took them. Each is tried below a prefix of its own,
/// so that one that goes wrong does not hide another.
final class KeyProbe {
  private final Trial trial;

  KeyProbe(Trial trial) {
    this.trial = trial;
  }

  Set<KeyForm> held() throws StoreException {
    Set<KeyForm> held = EnumSet.noneOf(KeyForm.class);
    for (KeyForm form : KeyForm.values()) {
      if (holds(form)) {
        held.add(form);
      }
    }
    return held;
  }

  private boolean holds(KeyForm form) throws StoreException {
    String folder = form.name() + "/";
    String name = folder + form.example();
    try {
      trial.put(name);
      if (form == KeyForm.ALSO_FOLDER) {
        trial.put(name + "/below");
      }
      trial.abort(name, trial.begin(name));
      return gives(name) && lists(folder, trial.key(name));
    } catch (StoreException e) {
      return Trial.refusal(e).done();
    }
  }

  private boolean gives(String name) throws StoreException {
    ByteBuffer sink = ByteBuffer.allocate(Trial.CONTENT.length);
    Answer answer = trial.make(trial.call("GET", name, "").into(sink));
    return answer.delivered() && Arrays.equals(sink.array(), Trial.CONTENT);
  }

  private boolean lists(String folder, String key) throws StoreException {
    String query =
        "encoding-type=url&list-type=2&max-keys=10&" + Call.parameter("prefix", trial.key(folder));
    try {
      return Documents.page(trial.ofBucket("GET", query).body()).objects().stream()
          .anyMatch(object -> object.key().value().equals(key));
    } catch (XmlException e) {
      return false;
    }
  }
}
