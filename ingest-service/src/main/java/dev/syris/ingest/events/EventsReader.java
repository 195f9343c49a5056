package dev.syris.ingest.events;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.event.RawEventBatch;
import dev.syris.contracts.event.RawEventProblem;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.id.TraceId;
import dev.syris.ingest.http.Reading;
import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.http.Reading.Stimuli;
import dev.syris.ingest.intake.Stimulus;
import dev.syris.platform.config.ConnectorsProperties;
import dev.syris.platform.problem.CommonProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes stimuli of the body of {@code POST /events}: one raw event, or an array of them. Pure,
 * thread-safe.
 */
final class EventsReader {

  static final int MAX_EVENTS = 500;
  private static final int MAX_PROBLEMS = 100;

  private final ConnectorsProperties connectors;

  EventsReader(ConnectorsProperties connectors) {
    this.connectors = connectors;
  }

  /**
   * Reads a body.
   *
   * @param header the trace of the request's {@code traceparent}; wins over the body's in a single
   *     event, means nothing for an array
   */
  Reading read(byte[] body, @Nullable TraceId header) {
    return RawEventBatch.isArray(body) ? readArray(body) : readOne(body, header);
  }

  private Reading readOne(byte[] body, @Nullable TraceId header) {
    return switch (check(body)) {
      case RawEventReading.Accepted(RawEvent event) ->
          new Stimuli(
              body,
              List.of(stimulus(body, event, header == null ? event.traceId() : header)),
              false);
      case RawEventReading.Unparseable(RawEventProblem problem) -> unparseable(problem);
      case RawEventReading.Invalid(List<RawEventProblem> problems) -> invalid(problems);
    };
  }

  private Reading readArray(byte[] body) {
    return switch (RawEventBatch.split(body, MAX_EVENTS)) {
      case RawEventBatch.Split.Failed(RawEventReading.Unparseable why) ->
          unparseable(why.problem());
      case RawEventBatch.Split.TooMany(int limit) ->
          invalid(
              List.of(
                  new RawEventProblem(
                      "batch.too_many",
                      "",
                      "the array has more than %d events; send it in parts".formatted(limit))));
      case RawEventBatch.Split.Elements(List<byte[]> elements) ->
          elements.isEmpty()
              ? invalid(
                  List.of(
                      new RawEventProblem(
                          "batch.empty", "", "the array is empty; send at least one event")))
              : readElements(body, elements);
    };
  }

  private Reading readElements(byte[] body, List<byte[]> elements) {
    var stimuli = new ArrayList<Stimulus>(elements.size());
    var problems = new ArrayList<RawEventProblem>();
    for (int i = 0; i < elements.size(); i++) {
      String place = "/" + i;
      switch (check(elements.get(i))) {
        case RawEventReading.Accepted(RawEvent event) ->
            stimuli.add(stimulus(elements.get(i), event, event.traceId()));
        case RawEventReading.Unparseable(RawEventProblem problem) -> {
          return unparseable(problem.under(place));
        }
        case RawEventReading.Invalid(List<RawEventProblem> found) ->
            found.stream()
                .limit(Math.max(0, MAX_PROBLEMS - problems.size()))
                .forEach(problem -> problems.add(problem.under(place)));
      }
    }
    return problems.isEmpty() ? new Stimuli(body, stimuli, true) : invalid(problems);
  }

  /** A raw event that is right in itself, and in what the configuration says of its connector. */
  private RawEventReading check(byte[] bytes) {
    RawEventReading reading = RawEventReader.readPublic(bytes);
    if (!(reading instanceof RawEventReading.Accepted(RawEvent event))) {
      return reading;
    }
    ConnectorSettings settings = connectors.settings(event.connectorId());
    if (settings.channel() == null || settings.channel() == event.channel()) {
      return reading;
    }
    String message =
        "connector \"%s\" is declared for the channel \"%s\", not \"%s\""
            .formatted(event.connectorId(), settings.channel().wire(), event.channel().wire());
    return new RawEventReading.Invalid(
        List.of(new RawEventProblem("field.channel_mismatch", "/channel", message)));
  }

  private Stimulus stimulus(byte[] bytes, RawEvent event, @Nullable TraceId trace) {
    return new Stimulus(bytes, event.orderingKey(), provenByToken(event.connectorId()), trace);
  }

  /**
   * A token that may ingest proves a connector whose proof is a token; where it is a signature, it
   * proves nothing.
   */
  private boolean provenByToken(String connectorId) {
    ConnectorSettings settings = connectors.settings(connectorId);
    return connectors.declared(connectorId)
        && settings.auth() == ConnectorAuth.TOKEN
        && settings.via().contains(Via.HTTP);
  }

  private static Refused unparseable(RawEventProblem problem) {
    boolean large = problem.code().equals("event.too_large");
    return new Refused(
        large ? CommonProblem.TOO_LARGE : CommonProblem.MALFORMED,
        problem.code(),
        "the body cannot be read: " + problem.message(),
        problem.pointer().isEmpty() ? List.of() : List.of(problem));
  }

  private static Refused invalid(List<RawEventProblem> problems) {
    String code =
        problems.getFirst().pointer().isEmpty() ? problems.getFirst().code() : "event.invalid";
    return new Refused(
        CommonProblem.INVALID,
        code,
        problems.size() == 1
            ? "%s %s"
                .formatted(problems.getFirst().pointer(), problems.getFirst().message())
                .strip()
            : "%d things are wrong with it; errors names each place".formatted(problems.size()),
        problems);
  }
}
