package dev.syris.ingest.http;

import dev.syris.ingest.idempotency.IdempotencyKey;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the key from a request's header. */
final class IdempotencyKeys {

  private IdempotencyKeys() {}

  /**
   * The key; null where there is none.
   *
   * @throws ProblemException 400 where it has another form, or there are several
   */
  static @Nullable IdempotencyKey of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
    if (values.isEmpty()) {
      return null;
    }
    String value = values.getFirst().strip();
    if (values.size() > 1 || !IdempotencyKey.valid(value)) {
      throw new ProblemException(
          CommonProblem.BAD_PARAMETER,
          "idempotency_key.invalid",
          "Idempotency-Key takes one value of 1 to 255 visible ASCII characters without blanks,"
              + " such as a UUID");
    }
    return new IdempotencyKey(value);
  }
}
