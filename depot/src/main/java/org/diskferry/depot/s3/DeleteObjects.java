package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Condition;
import org.diskferry.depot.index.Deletion;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.ObjectKey;
import org.diskferry.depot.index.Rejected;

/// DeleteObjects: up to a thousand at once, each with a condition and an answer of its own.
record DeleteObjects(Index index, Authorization authorization) implements Operation {
  /// Most keys in a request, as S3 has it.
  private static final int MOST = 1000;

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    XmlElement document = call.document();
    List<XmlElement> named = document.all("Object");
    if (!document.name().equals("Delete") || named.isEmpty() || named.size() > MOST) {
      throw new S3Fault(S3Code.MalformedXML, "Name 1 to 1000 objects.");
    }
    List<Deletion> allowed = new ArrayList<>();
    XmlText xml = XmlText.document("DeleteResult");
    for (XmlElement object : named) {
      try {
        allowed.add(deletion(call, bucket, object));
      } catch (S3Fault e) {
        error(xml, object.required("Key"), e);
      }
    }
    Map<ObjectKey, Rejected> refused = index.objects().delete(bucket, allowed, call.at());
    boolean quiet = document.value("Quiet").equals("true");
    for (Deletion each : allowed) {
      String key = each.key().toString();
      Rejected why = refused.get(each.key());
      if (why != null) {
        error(xml, key, S3Service.fault(why));
      } else if (!quiet) {
        xml.open("Deleted").leaf("Key", key).close("Deleted");
      }
    }
    return Answer.ok(xml.close("DeleteResult"));
  }

  private Deletion deletion(Call call, Bucket bucket, XmlElement object) throws S3Fault {
    String version = object.value("VersionId");
    if (!version.isEmpty() && !version.equals("null")) {
      throw new S3Fault(S3Code.NotImplemented, "There are no versions.");
    }
    if (!object.all("LastModifiedTime").isEmpty() || !object.all("Size").isEmpty()) {
      throw new S3Fault(S3Code.NotImplemented, Conditions.ETAG_ONLY);
    }
    ObjectKey key = Target.key(object.required("Key"));
    Condition condition = Conditions.match(object.value("ETag"));
    authorization.checkDelete(call, bucket, key, condition);
    return new Deletion(key, condition);
  }

  private static void error(XmlText xml, String key, S3Fault fault) {
    xml.open("Error")
        .leaf("Key", key)
        .leaf("Code", fault.code().name())
        .leaf("Message", fault.text())
        .close("Error");
  }
}
