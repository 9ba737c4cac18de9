package org.diskferry.server.query;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.Percent;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;
import org.diskferry.job.JobType;
import org.diskferry.job.manifest.ManifestReader;
import org.diskferry.job.manifest.Regions;
import org.diskferry.job.testing.MemoryJobStore;
import org.diskferry.job.testing.SettableClock;
import org.diskferry.server.http.Answer;
import org.diskferry.server.http.Request;
import org.diskferry.server.http.RequestId;
import org.diskferry.server.testing.MemoryBuckets;
import org.diskferry.server.testing.SampleManifest;
import org.diskferry.server.testing.TestUser;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// The query API without a network: signed requests in, parsed answers out.
final class QuerySite {
  static final Instant NOW = Instant.parse("2026-11-21T07:55:05.678Z");
  static final TestUser READER =
      TestUser.of(
          "AKIAREADER",
          "123456789012",
          "reader",
          (action, resource) ->
              action.equals("importexport:ListJobs") || action.equals("importexport:GetStatus"));
  static final TestUser STRANGER =
      TestUser.of("AKIASTRANGER", "210987654321", "stranger", (action, resource) -> true);
  static final TestUser NARROW =
      TestUser.of(
          "AKIANARROW",
          "123456789012",
          "narrow",
          (action, resource) ->
              action.startsWith("importexport:")
                  || action.equals("s3:GetBucketLocation")
                  || action.equals("s3:ListBucketMultipartUploads")
                  || (resource.startsWith("arn:aws:s3:::bucket-1/mine/")
                      && !action.equals("s3:PutObjectAcl")));

  /// Has all rights on jobs, and none on buckets.
  static final TestUser JOBS_ONLY =
      TestUser.of(
          "AKIAJOBS",
          "123456789012",
          "jobs",
          (action, resource) -> action.startsWith("importexport:"));

  /// May export what lies below `mine/` in one bucket, with logs below `logs/` in another.
  static final TestUser EXPORTER =
      TestUser.of(
          "AKIAEXPORTER",
          "123456789012",
          "exporter",
          (action, resource) ->
              action.startsWith("importexport:")
                  || action.equals("s3:GetBucketLocation")
                  || (resource.equals("arn:aws:s3:::bucket-1") && action.equals("s3:ListBucket"))
                  || (resource.startsWith("arn:aws:s3:::bucket-1/mine/")
                      && action.equals("s3:GetObject"))
                  || (resource.equals("arn:aws:s3:::bucket-2")
                      && action.equals("s3:ListBucketMultipartUploads"))
                  || (resource.startsWith("arn:aws:s3:::bucket-2/logs/")
                      && Set.of(
                              "s3:PutObject",
                              "s3:AbortMultipartUpload",
                              "s3:ListMultipartUploadParts")
                          .contains(action)));

  private static final int QUOTA = 3;

  final MemoryJobStore store;
  final SettableClock clock = new SettableClock(NOW);
  final MemoryBuckets buckets =
      new MemoryBuckets()
          .with("bucket-1", "us-east-1")
          .with("bucket-2", "us-east-1")
          .with("bucket-eu", "eu-west-1")
          .withClosed("bucket-x", "us-east-1");
  private final QueryApi api;

  QuerySite() {
    // A seed, so that a failure can be seen again.
    Random random = new Random(20_261_121);
    this.store = new MemoryJobStore(clock, random, QUOTA);
    this.api =
        new QueryApi(
            new Site(
                TestUser.ring(TestUser.OWNER, READER, STRANGER, NARROW, JOBS_ONLY, EXPORTER),
                store,
                new ManifestReader(Regions.ofGuide()),
                buckets,
                clock,
                random));
  }

  /// What came back.
  record Reply(Answer answer, Document xml) {
    int status() {
      return answer.status();
    }

    String root() {
      return xml.getDocumentElement().getNodeName();
    }

    /// The text of the first element of that name, or a dash where there is none.
    String text(String name) {
      NodeList found = xml.getElementsByTagName(name);
      return found.getLength() == 0 ? "-" : found.item(0).getTextContent();
    }

    List<String> texts(String name) {
      NodeList found = xml.getElementsByTagName(name);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < found.getLength(); i++) {
        texts.add(found.item(i).getTextContent());
      }
      return texts;
    }

    String code() {
      return text("Code");
    }

    String message() {
      return text("Message");
    }

    String raw() {
      return new String(answer.body(), StandardCharsets.UTF_8);
    }

    List<String> membersOf(String name) {
      List<String> names = new ArrayList<>();
      NodeList children = ((Element) xml.getElementsByTagName(name).item(0)).getChildNodes();
      for (int i = 0; i < children.getLength(); i++) {
        names.add(children.item(i).getNodeName());
      }
      return names;
    }
  }

  /// Asks as the owner; parameters are names and values in turn.
  Reply ask(String... parameters) {
    return askAs(TestUser.OWNER, parameters);
  }

  Reply askAs(TestUser user, String... parameters) {
    byte[] body = form(parameters).getBytes(StandardCharsets.UTF_8);
    RequestHead head = new RequestHead("POST", "/", "", List.of(new Header("Host", "localhost")));
    List<Header> headers = new ArrayList<>(head.headers());
    headers.addAll(
        new V4Signer(user.credentials(), "eu-west-1", "IngestionService")
            .sign(head, PayloadHash.of(body), clock.instant())
            .headers());
    return send(new RequestHead("POST", "/", "", headers), body);
  }

  /// Sends a request as it is.
  Reply send(RequestHead head, byte[] body) {
    RequestId id = RequestId.random();
    Answer answer = api.answer(new Request(id, head, body, "127.0.0.1"));
    Reply reply = read(answer);
    if (!reply.text("RequestId").equals(id.value())) {
      throw new AssertionError("an answer without its request's id: " + reply.raw());
    }
    return reply;
  }

  /// How the API words a refusal by the web server.
  Reply refuse(int status) {
    return read(api.refuse(RequestId.random(), status));
  }

  /// The id of a new job of the owner.
  String newJob() {
    return create(SampleManifest.good()).text("JobId");
  }

  Reply create(String manifest) {
    return ask("Action", "CreateJob", "JobType", JobType.IMPORT.word(), "Manifest", manifest);
  }

  static String form(String... parameters) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.add(Percent.encode(parameters[i]) + "=" + Percent.encode(parameters[i + 1]));
    }
    return String.join("&", pairs);
  }

  private static Reply read(Answer answer) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return new Reply(
          answer, factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.body())));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8), e);
    }
  }
}
