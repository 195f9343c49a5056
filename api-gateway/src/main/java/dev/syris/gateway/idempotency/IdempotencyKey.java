package dev.syris.gateway.idempotency;

import dev.syris.contracts.id.Uuids;
import dev.syris.gateway.access.Callers;
import dev.syris.gateway.http.ReceivedBody;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header. */
public final class IdempotencyKey {

  public static final String HEADER = "Idempotency-Key";

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  /** How to know the request again; null where it has no key. */
  public static IdempotentAnswers.@Nullable Request of(HttpServletRequest request) {
    List<String> keys = Collections.list(request.getHeaders(HEADER));
    if (keys.isEmpty()) {
      return null;
    }
    String key = keys.getFirst();
    if (keys.size() > 1 || !FORM.matcher(key).matches()) {
      throw new ProblemException(
          CommonProblem.MALFORMED,
          "idempotency.key",
          "send one Idempotency-Key of 1 to 255 visible ASCII characters");
    }
    String secret = Callers.secretOf(request);
    if (secret == null) {
      throw new IllegalStateException("an idempotent command needs a caller");
    }
    UUID caller = Uuids.parse(Callers.of(request).tokenId());
    return new IdempotentAnswers.Request(caller, secret, key, content(request));
  }

  private static byte[] content(HttpServletRequest request) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(
        (request.getMethod() + " " + request.getRequestURI() + "\n")
            .getBytes(StandardCharsets.UTF_8));
    content.writeBytes(ReceivedBody.of(request));
    return content.toByteArray();
  }
}
