package org.diskferry.access.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.diskferry.access.Credentials;

/// Signed requests whose signatures were computed elsewhere: the published examples of Signature
/// Version 4, and requests signed by botocore 1.29.27 at a fixed time.
final class V4Vectors {
  static final V4Vectors VANILLA_GET =
      new V4Vectors(
          "VANILLA_GET",
          Credentials.of("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
          "2015-08-30T12:36:00Z",
          "us-east-1",
          "service",
          new RequestHead("GET", "/", "", List.of(host("example.amazonaws.com"))),
          "",
          "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  static final V4Vectors S3_RANGE =
      new V4Vectors(
          "S3_RANGE",
          TestKeys.EXAMPLE,
          "2013-05-24T00:00:00Z",
          "us-east-1",
          "s3",
          new RequestHead(
              "GET",
              "/test.txt",
              "",
              List.of(host("examplebucket.s3.amazonaws.com"), new Header("Range", "bytes=0-9"))),
          "",
          "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  static final V4Vectors S3_LIFECYCLE =
      new V4Vectors(
          "S3_LIFECYCLE",
          TestKeys.EXAMPLE,
          "2013-05-24T00:00:00Z",
          "us-east-1",
          "s3",
          new RequestHead("GET", "/", "lifecycle", List.of(host("examplebucket.s3.amazonaws.com"))),
          "",
          "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  static final V4Vectors QUERY_POST =
      new V4Vectors(
          "QUERY_POST",
          TestKeys.EXAMPLE,
          TestKeys.AT.toString(),
          "eu-west-1",
          "IngestionService",
          new RequestHead(
              "POST",
              "/",
              "",
              List.of(
                  host("localhost:8443"),
                  new Header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"))),
          "Action=ListJobs&Version=2010-06-01",
          "cb88d00426b52fb7564dee418938fb1405e12b3c25569f1c33c9649a18ef7d85");
  static final V4Vectors QUERY_ODD_PATH_AND_TOKEN =
      new V4Vectors(
          "QUERY_ODD_PATH_AND_TOKEN",
          withToken(),
          TestKeys.AT.toString(),
          "eu-west-1",
          "IngestionService",
          new RequestHead("POST", "/a%20b//c/../d/", "", List.of(host("localhost:8443"))),
          "Action=ListJobs",
          "f93e9212b05618cab42e0dd95742d762651cf629e3beb577c32210221653ef99");
  static final V4Vectors S3_ODD_KEY =
      new V4Vectors(
          "S3_ODD_KEY",
          TestKeys.EXAMPLE,
          TestKeys.AT.toString(),
          "eu-west-1",
          "s3",
          new RequestHead(
              "PUT",
              "/bucket/a%20b//c/../%C3%A4%2B%25%27.txt",
              "",
              List.of(
                  host("localhost:8444"),
                  new Header("x-amz-meta-k", "  two   blanks "),
                  new Header("Content-Type", "text/plain"))),
          "hello",
          "c6a573f20a4fa2e8082aa796fedd21881d3e2337a73aa43439a2babc39442712");
  static final V4Vectors S3_LIST =
      new V4Vectors(
          "S3_LIST",
          TestKeys.EXAMPLE,
          TestKeys.AT.toString(),
          "eu-west-1",
          "s3",
          new RequestHead(
              "GET",
              "/bucket",
              "list-type=2&prefix=a%2Fb%20c&delimiter=%2F&uploads",
              List.of(host("localhost:8444"))),
          "",
          "8ecdca82ecb3ee7e81168428e74a081a0fe6a9cc49d25683dbd26d02f27bd134");

  final String name;
  final Credentials credentials;
  final Instant at;
  final String region;
  final String service;
  final RequestHead head;
  final byte[] body;
  final String signature;

  private V4Vectors(
      String name,
      Credentials credentials,
      String at,
      String region,
      String service,
      RequestHead head,
      String body,
      String signature) {
    this.name = name;
    this.credentials = credentials;
    this.at = Instant.parse(at);
    this.region = region;
    this.service = service;
    this.head = head;
    this.body = body.getBytes(StandardCharsets.UTF_8);
    this.signature = signature;
  }

  static Stream<V4Vectors> all() {
    return Stream.of(
        VANILLA_GET,
        S3_RANGE,
        S3_LIFECYCLE,
        QUERY_POST,
        QUERY_ODD_PATH_AND_TOKEN,
        S3_ODD_KEY,
        S3_LIST);
  }

  @Override
  public String toString() {
    return name;
  }

  V4Signature sign() {
    return new V4Signer(credentials, region, service).sign(head, PayloadHash.of(body), at);
  }

  /// The request as a client would send it.
  RequestHead signed() {
    List<Header> all = new ArrayList<>(head.headers());
    all.addAll(sign().headers());
    return new RequestHead(head.method(), head.path(), head.query(), all);
  }

  private static Header host(String value) {
    return new Header("Host", value);
  }

  private static Credentials withToken() {
    return new Credentials(TestKeys.EXAMPLE.id(), TestKeys.EXAMPLE.secret(), "TOKEN/+=x");
  }
}
