package dev.syris.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.platform.assertion.Caller;
import java.time.Instant;
import org.springframework.http.HttpHeaders;

/** Deliveries as senders make them. */
final class Deliveries {

  static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);

  private Deliveries() {}

  static Delivery of(String body, String... headers) {
    return of(Caller.ANONYMOUS, body.getBytes(UTF_8), headers);
  }

  static Delivery of(Caller caller, byte[] body, String... headers) {
    var all = new HttpHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    return new Delivery(all, body, caller, NOW);
  }

  /** The code of a refusal; {@code proven} otherwise. */
  static String codeOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Proven _ -> "proven";
      case Verdict.Unproven unproven -> unproven.refusal().code();
    };
  }
}
