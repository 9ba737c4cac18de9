package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.ObjectKey;
import org.diskferry.depot.index.Rejected;

/// DeleteObjects: up to a thousand at once, each with an answer of its own.
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
    List<ObjectKey> allowed = new ArrayList<>();
    XmlText xml = XmlText.document("DeleteResult");
    for (XmlElement object : named) {
      String key = object.required("Key");
      try {
        allowed.add(check(call, bucket, key, object.value("VersionId")));
      } catch (S3Fault e) {
        error(xml, key, e);
      }
    }
    index.objects().delete(bucket, allowed, call.at());
    if (!document.value("Quiet").equals("true")) {
      for (ObjectKey key : allowed) {
        xml.open("Deleted").leaf("Key", key.toString()).close("Deleted");
      }
    }
    return Answer.ok(xml.close("DeleteResult"));
  }

  private ObjectKey check(Call call, Bucket bucket, String text, String version) throws S3Fault {
    if (!version.isEmpty() && !version.equals("null")) {
      throw new S3Fault(S3Code.NotImplemented, "There are no versions.");
    }
    ObjectKey key = Target.key(text);
    authorization.checkPut(call, bucket, key, DeleteObject.ACTION);
    return key;
  }

  private static void error(XmlText xml, String key, S3Fault fault) {
    xml.open("Error")
        .leaf("Key", key)
        .leaf("Code", fault.code().name())
        .leaf("Message", fault.text())
        .close("Error");
  }
}
