package org.diskferry.server.query;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diskferry.access.Principal;
import org.diskferry.access.signing.FormParameters;
import org.diskferry.access.signing.MalformedFormException;
import org.diskferry.access.signing.Parameter;
import org.diskferry.access.signing.Refusal;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.RequestVerifier;
import org.diskferry.access.signing.Verification;
import org.diskferry.server.http.Answer;
import org.diskferry.server.http.Request;
import org.diskferry.server.http.RequestId;
import org.diskferry.server.http.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers query requests: form, signature, right and action are checked in this order, and every
/// answer is an XML envelope.
public final class QueryApi implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(QueryApi.class);

  /// The two names that clients sign for.
  private static final Set<String> SERVICES = Set.of("IngestionService", "importexport");

  private static final Set<String> METHODS = Set.of("GET", "POST");
  private static final String STRANGER = "-";

  private final RequestVerifier verifier;
  private final Map<String, Action> actions;

  /// For a site.
  public QueryApi(Site site) {
    OrderCheck orders = new OrderCheck(site.manifests(), site.buckets());
    Jobs jobs = new Jobs(site.jobs());
    this.verifier = new RequestVerifier(site.keys(), site.clock(), SERVICES);
    this.actions =
        List.of(
                new CreateJob(jobs, orders, site.random()),
                new UpdateJob(jobs, orders, site.clock()),
                new CancelJob(jobs),
                new GetStatus(jobs),
                new ListJobs(jobs))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));
  }

  @Override
  public Answer answer(Request request) {
    RequestHead head = request.head();
    if (!head.path().equals("/")) {
      return refuse(request.id(), ErrorCode.NOT_FOUND.status());
    }
    if (!METHODS.contains(head.method())) {
      return refuse(request.id(), ErrorCode.METHOD_NOT_ALLOWED.status());
    }
    StringBuilder note = new StringBuilder();
    try {
      return perform(request, note);
    } catch (QueryException e) {
      return Envelope.error(request.id(), e.code(), e.text(), note + e.code().word());
    } catch (UnavailableException e) {
      LOG.warn("{} could not be carried out: {}", request.id(), e.getMessage(), e);
      return Envelope.error(
          request.id(),
          ErrorCode.SERVICE_UNAVAILABLE,
          "The service cannot do this now; try again later",
          note + ErrorCode.SERVICE_UNAVAILABLE.word());
    }
  }

  @Override
  public Answer refuse(RequestId id, int status) {
    return switch (status) {
      case 404 ->
          refuse(id, status, ErrorCode.NOT_FOUND, "There is nothing here; requests go to /");
      case 405 ->
          Envelope.error(
              id,
              ErrorCode.METHOD_NOT_ALLOWED,
              "Only GET and POST are supported",
              status,
              Map.of("Allow", "GET, POST"),
              ErrorCode.METHOD_NOT_ALLOWED.word());
      case 408 ->
          refuse(id, status, ErrorCode.REQUEST_TIMEOUT, "The request did not arrive in time");
      case 413 -> refuse(id, status, ErrorCode.REQUEST_TOO_LARGE, "The body is larger than 1 MiB");
      case 414, 431 ->
          refuse(
              id,
              status,
              ErrorCode.REQUEST_TOO_LARGE,
              "The request's head is larger than 16 KiB; send parameters as a form by POST");
      case 503 -> refuse(id, status, ErrorCode.SERVICE_UNAVAILABLE, "The service is shutting down");
      default ->
          status < ErrorCode.INTERNAL_FAILURE.status()
              ? refuse(id, status, ErrorCode.BAD_REQUEST, "This is no request of HTTP/1.1")
              : refuse(
                  id,
                  status,
                  ErrorCode.INTERNAL_FAILURE,
                  "The service failed; its log has the reason under the RequestId");
    };
  }

  private static Answer refuse(RequestId id, int status, ErrorCode code, String message) {
    return Envelope.error(id, code, message, status, Map.of(), code.word());
  }

  private Answer perform(Request request, StringBuilder note)
      throws QueryException, UnavailableException {
    FormParameters parameters = parameters(request);
    Principal caller = caller(request, parameters, note);
    checkOnce(parameters);
    Action action = action(parameters);
    note.append(action.name()).append(' ');
    if (!caller.policies().allow("importexport:" + action.name(), "*")) {
      throw new QueryException(
          ErrorCode.ACCESS_DENIED,
          "User %s is not authorized to perform importexport:%s"
              .formatted(caller.user(), action.name()));
    }
    Consumer<Xml> members = action.perform(new Call(caller, parameters));
    return Envelope.result(request.id(), action.name(), members, note + "ok");
  }

  private static FormParameters parameters(Request request) throws QueryException {
    try {
      String body = new String(request.body(), StandardCharsets.UTF_8);
      return FormParameters.of(request.head().query(), body);
    } catch (MalformedFormException e) {
      throw Call.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Principal caller(Request request, FormParameters parameters, StringBuilder note)
      throws QueryException {
    return switch (verifier.verify(request.head(), request.body(), parameters)) {
      case Verification.Verified verified -> {
        Principal caller = verified.principal();
        note.append(caller.account()).append('/').append(Quote.of(caller.user())).append(' ');
        yield caller;
      }
      case Verification.Refused refused -> {
        note.append(STRANGER).append(' ');
        throw new QueryException(code(refused.refusal()), refused.detail());
      }
    };
  }

  private static ErrorCode code(Refusal refusal) {
    return switch (refusal) {
      case MISSING -> ErrorCode.MISSING_AUTHENTICATION_TOKEN;
      case MALFORMED -> ErrorCode.INCOMPLETE_SIGNATURE;
      case UNSUPPORTED_VERSION -> ErrorCode.INVALID_PARAMETER;
      case UNKNOWN_KEY -> ErrorCode.INVALID_CLIENT_TOKEN_ID;
      case WRONG_SCOPE, BAD_SIGNATURE, HEADERS_NOT_SIGNED -> ErrorCode.SIGNATURE_DOES_NOT_MATCH;
      case SKEWED, EXPIRED -> ErrorCode.REQUEST_EXPIRED;
    };
  }

  private static void checkOnce(FormParameters parameters) throws QueryException {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters.all()) {
      if (!names.add(parameter.name())) {
        throw Call.invalid("the parameter %s is there twice".formatted(Quote.of(parameter.name())));
      }
    }
  }

  /// `Action`, or `Operation` as the oldest clients have it.
  private Action action(FormParameters parameters) throws QueryException {
    String name = parameters.value("Action").or(() -> parameters.value("Operation")).orElse("");
    if (name.isEmpty()) {
      throw new QueryException(ErrorCode.MISSING_PARAMETER, "Action must be specified");
    }
    return Optional.ofNullable(actions.get(name))
        .orElseThrow(() ->
            new QueryException(
                ErrorCode.UNKNOWN_OPERATION,
                "The specified operation was invalid: " + Quote.of(name)));
  }
}
