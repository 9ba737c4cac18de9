package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Condition;
import org.diskferry.depot.index.Deletion;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.ObjectKey;
import org.diskferry.depot.index.Rejected;

/// DeleteObject; an object that does not exist is fine, unless there is a condition on it.
record DeleteObject(Index index, Authorization authorization) implements Operation {
  static final String ACTION = "s3:DeleteObject";

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    ObjectKey key = call.key();
    Condition condition = Conditions.of(call).onDelete();
    authorization.checkDelete(call, bucket, key, condition);
    Deletion deletion = new Deletion(key, condition);
    Map<ObjectKey, Rejected> refused = index.objects().delete(bucket, List.of(deletion), call.at());
    if (refused.containsKey(key)) {
      throw refused.get(key);
    }
    return Answer.empty(204);
  }
}
