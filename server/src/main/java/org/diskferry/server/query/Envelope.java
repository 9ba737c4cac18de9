package org.diskferry.server.query;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.diskferry.server.http.Answer;
import org.diskferry.server.http.RequestId;

/// The two forms that every answer has: `ActionResponse` around `ActionResult`, and
/// `ErrorResponse`.
final class Envelope {
  /// The namespace of the service's own answers, which clients were recorded against.
  private static final String NAMESPACE = "http://importexport.amazonaws.com/doc/2010-06-01/";

  private static final String TYPE = "text/xml;charset=utf-8";
  private static final int OK = 200;

  private Envelope() {}

  static Answer result(RequestId id, String action, Consumer<Xml> members, String note) {
    Xml xml = new Xml().root(action + "Response", NAMESPACE).open(action + "Result");
    members.accept(xml);
    xml.close().open("ResponseMetadata").text("RequestId", id.value()).close().close();
    return answer(OK, xml, Map.of(), note);
  }

  static Answer error(RequestId id, ErrorCode code, String message, String note) {
    return error(id, code, message, code.status(), Map.of(), note);
  }

  static Answer error(
      RequestId id,
      ErrorCode code,
      String message,
      int status,
      Map<String, String> headers,
      String note) {
    Xml xml =
        new Xml()
            .root("ErrorResponse", NAMESPACE)
            .open("Error")
            .text("Type", code.type())
            .text("Code", code.word())
            .text("Message", message)
            .close()
            .text("RequestId", id.value())
            .close();
    return answer(status, xml, headers, note);
  }

  private static Answer answer(int status, Xml xml, Map<String, String> headers, String note) {
    return new Answer(status, TYPE, xml.end().getBytes(StandardCharsets.UTF_8), headers, note);
  }
}
