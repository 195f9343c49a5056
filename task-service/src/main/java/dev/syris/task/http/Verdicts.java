package dev.syris.task.http;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an exchange means for the call. A request that may be repeated is, by whoever retries; one
 * that may not counts as done or not done only where the target's answer says so. Pure.
 */
final class Verdicts {

  /** The target says that it did not take the request up. */
  private static final Set<Integer> NOT_TAKEN_UP = Set.of(408, 425, 429);

  /** A proxy says that it does not know what became of the request. */
  private static final Set<Integer> IN_DOUBT = Set.of(502, 504);

  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private Verdicts() {}

  /** Nothing was sent: it is not done, and may be tried again unless it would end the same way. */
  static ToolAnswer notSent(Exchange.NotSent notSent, Mask mask) {
    return new ToolAnswer.Failed(
        new ErrorDetail(notSent.code(), mask.text(notSent.message()), !notSent.permanent(), null));
  }

  static ToolAnswer noAnswer(Exchange.NoAnswer noAnswer, Effect effect, Mask mask) {
    String message = mask.text(noAnswer.message());
    return effect.repeatable()
        ? new ToolAnswer.Failed(ErrorDetail.retryable("http.no_answer", message))
        : new ToolAnswer.Unknown(
            ErrorDetail.permanent(
                "http.no_answer", message + "; whether it had its effect is not known"));
  }

  /**
   * @param where method and address as they may be shown
   */
  static ToolAnswer answered(
      Exchange.Answered answer, Effect effect, String where, Mask mask, Instant now) {
    int status = answer.status();
    if (status >= FIRST_CLIENT_ERROR) {
      return refused(answer, effect, where, now);
    }
    if (answer.end() == Exchange.End.BROKEN && effect.repeatable()) {
      return new ToolAnswer.Failed(
          ErrorDetail.retryable(
              "http.no_answer", "%s: the connection broke in the body".formatted(where)));
    }
    return new ToolAnswer.Succeeded(
        Output.of(answer, mask), "%s answered %d".formatted(where, status));
  }

  private static ToolAnswer refused(
      Exchange.Answered answer, Effect effect, String where, Instant now) {
    int status = answer.status();
    String message = "%s answered %d".formatted(where, status);
    if (!effect.repeatable() && IN_DOUBT.contains(status)) {
      return new ToolAnswer.Unknown(
          new ErrorDetail(
              "http.status_" + status,
              message + ", which does not tell whether it had its effect",
              false,
              details(answer, now)));
    }
    boolean retryable =
        NOT_TAKEN_UP.contains(status) || (status >= FIRST_SERVER_ERROR && effect.repeatable());
    return new ToolAnswer.Failed(
        new ErrorDetail("http.status_" + status, message, retryable, details(answer, now)));
  }

  static ToolAnswer redirectRefused(
      Exchange.Answered answer, String where, String reason, Mask mask) {
    ObjectNode details = Json.object().put("status", answer.status());
    answer
        .header("location")
        .ifPresent(location -> details.put("location", mask.text(withoutQuery(location))));
    return new ToolAnswer.Failed(
        new ErrorDetail(
            "http.redirect_refused",
            "%s answered %d, which is not followed: %s".formatted(where, answer.status(), reason),
            false,
            details));
  }

  private static String withoutQuery(String location) {
    int query = location.indexOf('?');
    return query < 0 ? location : location.substring(0, query) + "?…";
  }

  private static ObjectNode details(Exchange.Answered answer, Instant now) {
    ObjectNode details = Json.object().put("status", answer.status());
    answer
        .header("retry-after")
        .map(value -> retryAfter(value, now))
        .ifPresent(wait -> wait.ifPresent(millis -> details.put("retry_after_ms", millis)));
    return details;
  }

  /** Milliseconds from now; seconds or a date (RFC 9110, 10.2.3). Empty where it is neither. */
  static OptionalLong retryAfter(String value, Instant now) {
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return OptionalLong.of(Duration.ofSeconds(Long.parseLong(text)).toMillis());
    }
    return Optional.ofNullable(date(text))
        .map(at -> OptionalLong.of(Math.max(0, Duration.between(now, at).toMillis())))
        .orElseGet(OptionalLong::empty);
  }

  private static @Nullable Instant date(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
