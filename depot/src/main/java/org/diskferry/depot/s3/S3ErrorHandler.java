package org.diskferry.depot.s3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Errors that Jetty finds itself, before there is a request: answered in XML like all others.
final class S3ErrorHandler extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    S3Code code = status >= 500 ? S3Code.InternalError : S3Code.InvalidRequest;
    String message =
        switch (status) {
          case 414 -> "The request line is too long.";
          case 431 -> "The headers are too long.";
          default -> "The request cannot be read as HTTP.";
        };
    XmlText xml =
        XmlText.plain()
            .open("Error")
            .leaf("Code", code.name())
            .leaf("Message", message)
            .close("Error");
    byte[] bytes = xml.toString().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
    response.write(true, ByteBuffer.wrap(bytes), callback);
    return true;
  }
}
