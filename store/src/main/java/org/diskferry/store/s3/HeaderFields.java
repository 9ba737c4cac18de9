package org.diskferry.store.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.diskferry.access.signing.Header;
import org.diskferry.store.Headers;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;

/// An object's headers on the wire.
final class HeaderFields {
  private static final String METADATA = "x-amz-meta-";
  private static final String STANDARD = "STANDARD";

  /// RFC 9110, section 5.6.2.
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private HeaderFields() {}

  static List<Header> of(Headers headers) throws StoreException {
    List<Header> fields = new ArrayList<>();
    add(fields, "Content-Type", headers.contentType());
    add(fields, "Content-Encoding", headers.contentEncoding());
    add(fields, "Cache-Control", headers.cacheControl());
    add(fields, "Content-Disposition", headers.contentDisposition());
    add(fields, "Content-Language", headers.contentLanguage());
    add(fields, "Expires", headers.expires());
    add(fields, "x-amz-acl", headers.acl());
    add(fields, "x-amz-storage-class", headers.storageClass());
    for (Map.Entry<String, String> entry : headers.metadata().entrySet()) {
      if (!TOKEN.matcher(entry.getKey()).matches()) {
        throw refused("metadata " + entry.getKey(), "its name cannot be a header's");
      }
      add(fields, METADATA + entry.getKey(), entry.getValue());
    }
    return fields;
  }

  private static void add(List<Header> fields, String name, String value) throws StoreException {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        throw refused(name, "its value holds a control character");
      }
    }
    if (!value.isEmpty()) {
      fields.add(new Header(name, value));
    }
  }

  private static StoreException refused(String what, String why) {
    return new StoreException(Trouble.REFUSED, "", what + ": " + why);
  }

  static Headers of(Answer answer) {
    Map<String, String> metadata = new TreeMap<>();
    for (Header field : answer.fields().all()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(METADATA)) {
        metadata.put(name.substring(METADATA.length()), field.value());
      }
    }
    String storageClass = answer.field("x-amz-storage-class").orElse("");
    return new Headers(
        answer.field("Content-Type").orElse(""),
        answer.field("Content-Encoding").orElse(""),
        answer.field("Cache-Control").orElse(""),
        answer.field("Content-Disposition").orElse(""),
        answer.field("Content-Language").orElse(""),
        answer.field("Expires").orElse(""),
        metadata,
        "",
        storageClass.equals(STANDARD) ? "" : storageClass);
  }
}
