package dev.syris.ingest.http;

import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the trace from a request's {@code traceparent}. */
public final class Traces {

  private Traces() {}

  /**
   * The trace; null where the header is absent, malformed, or there several times: W3C says to
   * start anew then.
   */
  public static @Nullable TraceId of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(TraceParent.HEADER));
    return values.size() == 1 ? TraceParent.parse(values.getFirst()).orElse(null) : null;
  }
}
