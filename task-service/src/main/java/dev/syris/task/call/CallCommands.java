package dev.syris.task.call;

import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.RequestWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls somebody asks for himself: they wait in the same line as all others and pass the same gate.
 * The answer waits a moment for that, so that it can say what became of the call. Thread-safe.
 */
public final class CallCommands {

  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private static final String FIND =
      """
      select tool_call_id, trace_id, status, approval_id, request_hash, error
        from task.tool_call where tool_call_id = :id
      """;

  private final RuntimeParts parts;
  private final ToolRuntime runtime;
  private final CallInbox inbox;
  private final Judge judge;
  private final RequestWatch watch;
  private final IdSource ids;

  public CallCommands(
      RuntimeParts parts, ToolRuntime runtime, CallInbox inbox, RequestWatch watch, IdSource ids) {
    this.parts = parts;
    this.runtime = runtime;
    this.inbox = inbox;
    this.judge = new Judge(parts);
    this.watch = watch;
    this.ids = ids;
  }

  /**
   * Puts a call in line.
   *
   * @param key the caller's Idempotency-Key: the same call again is the one there was
   * @return {@code {tool_call_id, trace_id, status, approval_id?}}
   */
  ObjectNode call(Caller caller, byte[] body, @Nullable TraceId trace, @Nullable String key) {
    ToolCallRequest request = request(caller, read(body), trace, key);
    look(body, request);
    ReceivedCall received = ReceivedCall.of(request);
    Optional<Found> before = find(request.toolCallId());
    Found found = before.isPresent() ? before.get() : put(received);
    if (!found.requestHash().equals(received.requestHash())) {
      throw new ProblemException(
          CommonProblem.IDEMPOTENCY_CONFLICT,
          "the Idempotency-Key was used for another call; use a new key");
    }
    if ("scope.missing".equals(found.errorCode())) {
      throw new ProblemException(
              CommonProblem.FORBIDDEN, "scope.missing", String.valueOf(found.errorMessage()))
          .with("tool_call_id", found.id().toString());
    }
    ObjectNode answer =
        Json.object()
            .put("tool_call_id", found.id().toString())
            .put("trace_id", found.trace().toString())
            .put("status", found.status().wire());
    return found.approval() == null ? answer : answer.put("approval_id", found.approval());
  }

  private Found put(ReceivedCall received) {
    ToolCallId id = received.request().toolCallId();
    try (RoundEnds.Awaited judged = runtime.dealtWith().expect(id)) {
      parts.transaction().executeWithoutResult(_ -> inbox.add(List.of(received)));
      if (!parts.gate().controls().now().paused()) {
        judged.await(PATIENCE);
      }
    }
    return find(id).orElseThrow();
  }

  /** What the gate would say, and what would be sent; nothing is kept. */
  ObjectNode dryRun(Caller caller, byte[] body) {
    CallWish wish = read(body);
    ToolCallRequest request = request(caller, wish, null, null);
    look(body, request);
    ObjectNode answer = parts.transaction().execute(_ -> dryRun(request, wish));
    if (answer == null) {
      throw new IllegalStateException("no decision");
    }
    return answer;
  }

  private void look(byte[] body, ToolCallRequest request) {
    watch.asked(body, request.traceId(), Refs.NONE.toolCall(request.toolCallId()));
  }

  private ObjectNode dryRun(ToolCallRequest request, CallWish wish) {
    Bench bench = judge.open(parts.clock().instant());
    var call =
        new PendingCall(
            request,
            ReceivedCall.of(request).requestHash(),
            0,
            null,
            request.requestedBy(),
            false,
            null);
    return DryRun.describe(call, bench.rule(call, null), wish.registered(), bench);
  }

  private CallWish read(byte[] body) {
    return CallWish.read(Bodies.object(body), parts.registry());
  }

  private ToolCallRequest request(
      Caller caller, CallWish wish, @Nullable TraceId trace, @Nullable String key) {
    var id =
        new ToolCallId(key == null ? ids.next() : Uuids.named("api-call", caller.tokenId(), key));
    Instant now = parts.clock().instant();
    return new ToolCallRequest(
        id,
        trace == null ? ids.nextTraceId() : trace,
        null,
        null,
        null,
        wish.tool(),
        wish.action(),
        wish.args(),
        Uuids.named("api-key", id.toString()).toString(),
        new Requester("token", caller.tokenId()),
        caller.grantedToolScopes(),
        0,
        now);
  }

  /** A call as it stands. */
  private record Found(
      ToolCallId id,
      TraceId trace,
      ToolCallStatus status,
      @Nullable String approval,
      String requestHash,
      @Nullable String errorCode,
      @Nullable String errorMessage) {}

  private Optional<Found> find(ToolCallId id) {
    return parts
        .jdbc()
        .sql(FIND)
        .param("id", id.value())
        .query(
            (row, _) -> {
              String error = row.getString("error");
              var detail = error == null ? null : Json.mapper().readTree(error);
              return new Found(
                  id,
                  TraceId.parse(row.getString("trace_id")),
                  CallTable.status(row.getString("status")),
                  row.getString("approval_id"),
                  row.getString("request_hash"),
                  detail == null ? null : detail.path("code").asString(),
                  detail == null ? null : detail.path("message").asString());
            })
        .optional();
  }
}
