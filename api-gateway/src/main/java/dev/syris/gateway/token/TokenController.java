package dev.syris.gateway.token;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.access.Callers;
import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.http.JsonOnly;
import dev.syris.gateway.http.ReceivedBody;
import dev.syris.gateway.idempotency.Answer;
import dev.syris.gateway.idempotency.IdempotencyKey;
import dev.syris.gateway.query.Collections;
import dev.syris.gateway.query.Lists;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tokens}. Only an admin's token sees or changes tokens. */
@RestController
final class TokenController {

  private final TokenCommands commands;
  private final TokenUse use;
  private final Lists lists;
  private final InstantSource clock;
  private final IdSource ids;

  TokenController(
      TokenCommands commands, TokenUse use, Lists lists, InstantSource clock, IdSource ids) {
    this.commands = commands;
    this.use = use;
    this.lists = lists;
    this.clock = clock;
    this.ids = ids;
  }

  @PostMapping("/tokens")
  @Needs(Scope.ADMIN)
  ResponseEntity<byte[]> create(HttpServletRequest request) {
    JsonOnly.check(request);
    NewToken wish =
        switch (NewToken.read(ReceivedBody.of(request), clock.instant())) {
          case NewToken.Reading.Valid(NewToken token) -> token;
          case NewToken.Reading.Malformed(String reason) ->
              throw new ProblemException(
                  CommonProblem.MALFORMED, "body.malformed", "the body is no JSON: " + reason);
          case NewToken.Reading.Invalid(var errors) ->
              throw new ProblemException(
                      CommonProblem.INVALID, "token.invalid", "this token cannot be made")
                  .errors(errors);
        };
    Answer answer =
        commands.create(wish, Callers.of(request), trace(request), IdempotencyKey.of(request));
    return ResponseEntity.status(answer.status())
        .location(
            URI.create(
                "/tokens/" + Json.mapper().readTree(answer.body()).path("token_id").asString()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer.body());
  }

  @GetMapping("/tokens")
  @Needs(value = Scope.ADMIN, checksParameters = true)
  ResponseEntity<byte[]> list(HttpServletRequest request) {
    use.flush();
    return lists.page(Collections.TOKENS, request);
  }

  @GetMapping("/tokens/{id}")
  @Needs(Scope.ADMIN)
  ResponseEntity<byte[]> one(@PathVariable String id) {
    use.flush();
    return lists.one(Collections.TOKENS, id);
  }

  @DeleteMapping("/tokens/{id}")
  @Needs(Scope.ADMIN)
  ResponseEntity<Void> delete(@PathVariable String id, HttpServletRequest request) {
    UUID token;
    try {
      token = Uuids.parse(id);
    } catch (IllegalArgumentException e) {
      throw TokenCommands.notFound(id);
    }
    commands.delete(token, Callers.of(request), trace(request));
    return ResponseEntity.status(HttpStatus.NO_CONTENT).build();
  }

  private TraceId trace(HttpServletRequest request) {
    String header = request.getHeader(TraceParent.HEADER);
    return (header == null ? Optional.<TraceId>empty() : TraceParent.parse(header))
        .orElseGet(ids::nextTraceId);
  }
}
