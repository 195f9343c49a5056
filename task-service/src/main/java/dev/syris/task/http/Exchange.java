package dev.syris.task.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What sending a request comes to. */
sealed interface Exchange {

  /**
   * The target answered.
   *
   * @param headers by name in small letters, each with its first value
   * @param body as far as it was read
   * @param end how the body ended
   */
  record Answered(int status, Map<String, String> headers, byte[] body, End end)
      implements Exchange {

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String toString() {
      return "Answered[%d, %d bytes, %s]".formatted(status, body.length, end);
    }
  }

  /**
   * Nothing left this machine but, perhaps, an attempt to connect.
   *
   * @param code dotted and stable
   * @param permanent whether a later attempt ends the same way
   */
  record NotSent(String code, String message, boolean permanent) implements Exchange {}

  /** It was sent, in part at least, and there was no answer. */
  record NoAnswer(String message) implements Exchange {}

  /** How a body ended. */
  enum End {
    /** All of it is here. */
    COMPLETE,
    /** It was longer than what is kept. */
    CUT,
    /** The connection broke in the middle of it. */
    BROKEN
  }

  /** Headers worth keeping; cookies and challenges are not. */
  List<String> KEPT_HEADERS =
      List.of(
          "content-type",
          "content-length",
          "location",
          "etag",
          "last-modified",
          "retry-after",
          "link",
          "date",
          "x-request-id",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset");
}
