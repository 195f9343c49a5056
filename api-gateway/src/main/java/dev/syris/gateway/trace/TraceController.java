package dev.syris.gateway.trace;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.StorableText;
import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Scope;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** One trace, whole. */
@RestController
final class TraceController {

  private final TraceReader reader;

  TraceController(TraceReader reader) {
    this.reader = reader;
  }

  @GetMapping("/traces/{id}")
  @Needs(Scope.READ)
  Trace trace(@PathVariable String id) {
    TraceFacts facts = reader.read(parse(id));
    if (facts.isEmpty()) {
      throw notFound(id);
    }
    boolean truncated =
        Stream.of(
                facts.events(), facts.decisions(), facts.calls(), facts.approvals(), facts.audits())
            .anyMatch(rows -> rows.size() >= TraceReader.MAX_ROWS);
    return TraceAssembler.assemble(facts, truncated);
  }

  private static UUID parse(String id) {
    try {
      return Uuids.parse(id);
    } catch (IllegalArgumentException e) {
      throw notFound(id);
    }
  }

  private static ProblemException notFound(String id) {
    return new ProblemException(
        CommonProblem.NOT_FOUND,
        "trace.not_found",
        "there is no trace " + StorableText.shown(id, 64));
  }
}
