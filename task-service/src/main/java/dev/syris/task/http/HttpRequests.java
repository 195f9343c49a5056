package dev.syris.task.http;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.secret.SecretReferences;
import dev.syris.platform.secret.Secrets;
import dev.syris.platform.secret.UnreadableSecretException;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests from their description to their outcome: secrets are put in when a request is sent, and
 * taken out of what comes back. Thread-safe.
 */
public final class HttpRequests implements AutoCloseable {

  private static final int SHORT_ANSWER = 4_096;
  private static final long SHORT_REQUEST = 64 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpSender sender;
  private final Secrets secrets;
  private final InstantSource clock;
  private final long maxRequest;
  private final boolean followRedirects;

  HttpRequests(
      HttpSender sender,
      Secrets secrets,
      InstantSource clock,
      long maxRequest,
      boolean followRedirects) {
    this.sender = sender;
    this.secrets = secrets;
    this.clock = clock;
    this.maxRequest = maxRequest;
    this.followRedirects = followRedirects;
  }

  /**
   * For short messages to addresses the operator configured: those are allowed by being configured,
   * wherever they are, and a redirect is not followed to where he did not say.
   */
  public static HttpRequests toConfigured(Secrets secrets, InstantSource clock) {
    var sender = new HttpSender(SHORT_ANSWER, CONNECT, SystemDefaultDnsResolver.INSTANCE);
    return new HttpRequests(sender, secrets, clock, SHORT_REQUEST, false);
  }

  /**
   * A request as it will be sent, with references where secrets will be.
   *
   * @param args {@code method, url, query?, headers?, body?}
   */
  public static ObjectNode describe(ObjectNode args, String idempotencyKey) {
    return HttpArgs.describe(args, idempotencyKey);
  }

  /**
   * Sends what was described.
   *
   * @param args as they were written
   * @param described what {@link #describe} made of them
   * @throws InterruptedException where the caller was interrupted; the exchange is broken off
   */
  public ToolAnswer send(ObjectNode args, ObjectNode described, Effect effect, String traceparent)
      throws InterruptedException {
    return switch (prepare(args, described)) {
      case Prepared.Refused(ErrorDetail error) -> new ToolAnswer.Failed(error);
      case Prepared.Ready(Outgoing outgoing, Mask mask) ->
          send(outgoing, mask, effect, traceparent);
    };
  }

  /** What is ready to be sent, or why nothing is. */
  private sealed interface Prepared {
    record Ready(Outgoing outgoing, Mask mask) implements Prepared {}

    record Refused(ErrorDetail error) implements Prepared {}
  }

  private Prepared prepare(ObjectNode args, ObjectNode described) {
    try {
      return switch (SecretReferences.resolve(described, secrets)) {
        case SecretReferences.Missing(var names) ->
            new Prepared.Refused(
                ErrorDetail.permanent(
                    "secret.not_set",
                    "the secret %s is not set, nothing was sent; set it with ./syris secret set %s"
                        .formatted(names.getFirst(), names.getFirst())));
        case SecretReferences.Malformed(String pointer) ->
            new Prepared.Refused(
                ErrorDetail.permanent(
                    "secret.malformed",
                    pointer
                        + " is no reference to a secret; write {\"$secret\": \"connector/key\"}, with \"prefix\" if something goes before it"));
        case SecretReferences.Resolved(JsonNode resolved, Set<String> revealed) ->
            read(args, described, resolved, new Mask(revealed));
      };
    } catch (UnreadableSecretException e) {
      return new Prepared.Refused(
          ErrorDetail.permanent("secret.unreadable", String.valueOf(e.getMessage())));
    } catch (DataAccessException | TransactionException e) {
      return new Prepared.Refused(
          ErrorDetail.retryable(
              "database.unavailable", "secrets can't be looked up now, nothing was sent"));
    }
  }

  private Prepared read(ObjectNode args, ObjectNode described, JsonNode resolved, Mask mask) {
    return switch (HttpArgs.read(args, described, resolved, maxRequest)) {
      case HttpArgs.Reading.Refused(ErrorDetail error) -> new Prepared.Refused(error);
      case HttpArgs.Reading.Ready(Outgoing outgoing) -> new Prepared.Ready(outgoing, mask);
    };
  }

  private ToolAnswer send(Outgoing first, Mask mask, Effect effect, String traceparent)
      throws InterruptedException {
    Outgoing outgoing = first;
    for (int followed = 0; ; followed++) {
      String where = where(outgoing, mask);
      switch (sender.send(outgoing, traceparent)) {
        case Exchange.NotSent notSent -> {
          return Verdicts.notSent(notSent, mask);
        }
        case Exchange.NoAnswer noAnswer -> {
          return Verdicts.noAnswer(noAnswer, effect, mask);
        }
        case Exchange.Answered answer -> {
          switch (after(outgoing, answer, followed)) {
            case Redirects.Step.Take _ -> {
              return Verdicts.answered(answer, effect, where, mask, clock.instant());
            }
            case Redirects.Step.Refuse(String reason) -> {
              return Verdicts.redirectRefused(answer, where, reason, mask);
            }
            case Redirects.Step.Follow(Outgoing next) -> outgoing = next;
          }
        }
      }
    }
  }

  private Redirects.Step after(Outgoing outgoing, Exchange.Answered answer, int followed) {
    return followRedirects
        ? Redirects.after(outgoing, answer, followed)
        : Redirects.notFollowed(answer);
  }

  /** Method, host and path; what comes after may be private. */
  private static String where(Outgoing outgoing, Mask mask) {
    URI url = outgoing.url();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return mask.text(
        "%s %s://%s%s%s"
            .formatted(outgoing.method(), url.getScheme(), url.getHost(), port, url.getRawPath()));
  }

  @Override
  public void close() throws IOException {
    sender.close();
  }
}
