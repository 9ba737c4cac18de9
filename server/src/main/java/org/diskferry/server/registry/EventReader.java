package org.diskferry.server.registry;

import java.time.Instant;
import java.util.function.Function;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobType;
import org.diskferry.job.LoadFigures;
import org.diskferry.job.dispatch.HoldReason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From the JSON that [EventWriter] wrote to the event.
final class EventReader {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode json;
  private final Function<String, Confidential> texts;

  private EventReader(JsonNode json, Function<String, Confidential> texts) {
    this.json = json;
    this.texts = texts;
  }

  /// The event with its confidential texts left unread.
  static JobEvent read(StoredEvent stored) {
    return read(stored, Confidential::unread);
  }

  /// @param texts from commitment to text
  /// @throws IllegalStateException where a newer release wrote it, or nobody did
  static JobEvent read(StoredEvent stored, Function<String, Confidential> texts) {
    if (stored.version() != EventWriter.VERSION) {
      throw new IllegalStateException(
          "an event of schema version %d: written by a newer release".formatted(stored.version()));
    }
    return new EventReader(JSON.readTree(stored.payload()), texts).event(stored.type());
  }

  private JobEvent event(String type) {
    return switch (type) {
      case "created" ->
          new JobEvent.Created(
              new Account(text("account")),
              confidential("user"),
              JobType.valueOf(text("type")),
              confidential("manifest"));
      case "manifestReplaced" ->
          new JobEvent.ManifestReplaced(
              revision(), JobType.valueOf(text("type")), confidential("manifest"));
      case "cancelRequested" -> new JobEvent.CancelRequested();
      case "expired" -> new JobEvent.Expired();
      case "received" -> new JobEvent.Received();
      case "deviceRefused" -> new JobEvent.DeviceRefused(text("code"), text("fingerprint"));
      case "deviceBound" ->
          new JobEvent.DeviceBound(
              text("fingerprint"), number("size"), JobEvent.Binding.valueOf(text("by")));
      case "admitted" -> new JobEvent.Admitted(text("station"), number("token"));
      case "loadStarted" -> new JobEvent.LoadStarted(revision(), number("token"));
      case "loaded" -> new JobEvent.Loaded(revision(), figures(), confidential("log"));
      case "filled" -> new JobEvent.Filled(revision(), figures(), confidential("log"));
      case "canceled" -> new JobEvent.Canceled(figures(), confidential("log"));
      case "held" -> new JobEvent.Held(HoldReason.valueOf(text("reason")), confidential("message"));
      case "eraseBarred" -> new JobEvent.EraseBarred();
      case "waived" -> new JobEvent.Waived(revision(), JobEvent.Waiver.valueOf(text("by")));
      case "released" -> new JobEvent.Released(JobEvent.Cause.valueOf(text("cause")));
      case "eraseAuthorized" -> authorized();
      case "eraseStarted" -> new JobEvent.EraseStarted(text("proof"));
      case "erased" ->
          new JobEvent.Erased(
              text("proof"), number("bytes"), json.required("fromMedium").booleanValue());
      case "deviceFailed" -> new JobEvent.DeviceFailed(confidential("message"));
      case "detached" -> new JobEvent.Detached(number("token"));
      case "returned" -> new JobEvent.Returned(text("carrier"), confidential("tracking"));
      case "keyDestroyed" -> new JobEvent.KeyDestroyed();
      default -> throw new IllegalStateException("an event of an unknown kind: " + type);
    };
  }

  private JobEvent authorized() {
    return new JobEvent.EraseAuthorized(
        text("proof"),
        revision(),
        number("token"),
        text("fingerprint"),
        number("size"),
        number("files"),
        number("bytes"),
        number("openRows"),
        number("unexplainedBytes"),
        text("digest"),
        Instant.parse(text("provenAt")));
  }

  private LoadFigures figures() {
    return new LoadFigures(number("files"), number("bytes"), number("ignored"), number("errors"));
  }

  private Confidential confidential(String name) {
    return texts.apply(text(name));
  }

  private String text(String name) {
    return json.required(name).stringValue();
  }

  private long number(String name) {
    return json.required(name).longValue();
  }

  private int revision() {
    return json.required("revision").intValue();
  }
}
