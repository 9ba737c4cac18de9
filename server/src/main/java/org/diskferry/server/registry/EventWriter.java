package org.diskferry.server.registry;

import java.util.function.Function;
import org.diskferry.job.Confidential;
import org.diskferry.job.JobEvent;
import org.diskferry.job.LoadFigures;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// From an event to the JSON that is kept for ever. Names and meanings never change; what is added
/// gets a new schema version. Confidential texts become commitments.
final class EventWriter {
  /// Of the payloads that are written now.
  static final short VERSION = 1;

  private final Function<Confidential, String> commit;

  /// @param commit keeps a text apart and returns the commitment to it
  EventWriter(Function<Confidential, String> commit) {
    this.commit = commit;
  }

  /// The name of a kind of event, for ever.
  static String type(JobEvent event) {
    return switch (event) {
      case JobEvent.Created e -> "created";
      case JobEvent.ManifestReplaced e -> "manifestReplaced";
      case JobEvent.CancelRequested e -> "cancelRequested";
      case JobEvent.Expired e -> "expired";
      case JobEvent.Received e -> "received";
      case JobEvent.DeviceRefused e -> "deviceRefused";
      case JobEvent.DeviceBound e -> "deviceBound";
      case JobEvent.Admitted e -> "admitted";
      case JobEvent.LoadStarted e -> "loadStarted";
      case JobEvent.Loaded e -> "loaded";
      case JobEvent.Filled e -> "filled";
      case JobEvent.Canceled e -> "canceled";
      case JobEvent.Held e -> "held";
      case JobEvent.EraseBarred e -> "eraseBarred";
      case JobEvent.Waived e -> "waived";
      case JobEvent.Released e -> "released";
      case JobEvent.EraseAuthorized e -> "eraseAuthorized";
      case JobEvent.EraseStarted e -> "eraseStarted";
      case JobEvent.Erased e -> "erased";
      case JobEvent.DeviceFailed e -> "deviceFailed";
      case JobEvent.Detached e -> "detached";
      case JobEvent.Returned e -> "returned";
      case JobEvent.KeyDestroyed e -> "keyDestroyed";
    };
  }

  String payload(JobEvent event) {
    return json(event).toString();
  }

  private ObjectNode json(JobEvent event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return switch (event) {
      case JobEvent.Created e ->
          json.put("account", e.account().number())
              .put("user", commit.apply(e.user()))
              .put("type", e.type().name())
              .put("manifest", commit.apply(e.manifest()));
      case JobEvent.ManifestReplaced e ->
          json.put("revision", e.revision())
              .put("type", e.type().name())
              .put("manifest", commit.apply(e.manifest()));
      case JobEvent.CancelRequested e -> json;
      case JobEvent.Expired e -> json;
      case JobEvent.Received e -> json;
      case JobEvent.DeviceRefused e ->
          json.put("code", e.code()).put("fingerprint", e.fingerprint());
      case JobEvent.DeviceBound e ->
          json.put("fingerprint", e.fingerprint()).put("size", e.size()).put("by", e.by().name());
      case JobEvent.Admitted e -> json.put("station", e.station()).put("token", e.token());
      case JobEvent.LoadStarted e -> json.put("revision", e.revision()).put("token", e.token());
      case JobEvent.Loaded e ->
          figures(json, e.figures())
              .put("revision", e.revision())
              .put("log", commit.apply(e.log()));
      case JobEvent.Filled e ->
          figures(json, e.figures())
              .put("revision", e.revision())
              .put("log", commit.apply(e.log()));
      case JobEvent.Canceled e -> figures(json, e.figures()).put("log", commit.apply(e.log()));
      case JobEvent.Held e ->
          json.put("reason", e.reason().name()).put("message", commit.apply(e.message()));
      case JobEvent.EraseBarred e -> json;
      case JobEvent.Waived e -> json.put("revision", e.revision()).put("by", e.by().name());
      case JobEvent.Released e -> json.put("cause", e.cause().name());
      case JobEvent.EraseAuthorized e -> authorized(json, e);
      case JobEvent.EraseStarted e -> json.put("proof", e.proof());
      case JobEvent.Erased e ->
          json.put("proof", e.proof()).put("bytes", e.bytes()).put("fromMedium", e.fromMedium());
      case JobEvent.DeviceFailed e -> json.put("message", commit.apply(e.message()));
      case JobEvent.Detached e -> json.put("token", e.token());
      case JobEvent.Returned e ->
          json.put("carrier", e.carrier()).put("tracking", commit.apply(e.tracking()));
      case JobEvent.KeyDestroyed e -> json;
    };
  }

  private static ObjectNode figures(ObjectNode json, LoadFigures figures) {
    return json.put("files", figures.files())
        .put("bytes", figures.bytes())
        .put("ignored", figures.ignored())
        .put("errors", figures.errors());
  }

  private static ObjectNode authorized(ObjectNode json, JobEvent.EraseAuthorized e) {
    return json.put("proof", e.proof())
        .put("revision", e.revision())
        .put("token", e.token())
        .put("fingerprint", e.fingerprint())
        .put("size", e.size())
        .put("files", e.files())
        .put("bytes", e.bytes())
        .put("openRows", e.openRows())
        .put("unexplainedBytes", e.unexplainedBytes())
        .put("digest", e.digest())
        .put("provenAt", e.provenAt().toString());
  }
}
