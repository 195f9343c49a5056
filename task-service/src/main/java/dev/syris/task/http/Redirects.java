package dev.syris.task.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a redirect. Only those that ask for the same request elsewhere are followed: a
 * 303, and a 301 or 302 to anything but GET and HEAD, is the target's answer to what it was sent.
 * Pure; where it leads is checked like any other address when it is connected to.
 */
final class Redirects {

  static final int MOST = 5;

  private static final Set<Integer> SAME_REQUEST = Set.of(307, 308);
  private static final Set<Integer> MOVED = Set.of(301, 302);
  private static final int SEE_OTHER = 303;

  private Redirects() {}

  /** What to do about an answer. */
  sealed interface Step {
    /** It is no redirect, or one that is an answer. */
    record Take() implements Step {}

    record Follow(Outgoing next) implements Step {}

    /** It may not be followed. */
    record Refuse(String reason) implements Step {}
  }

  static Step after(Outgoing request, Exchange.Answered answer, int followed) {
    boolean redirects =
        SAME_REQUEST.contains(answer.status())
            || (request.readOnly()
                && (MOVED.contains(answer.status()) || answer.status() == SEE_OTHER));
    Optional<String> location = answer.header("location");
    if (!redirects || location.isEmpty()) {
      return MOVED.contains(answer.status()) && location.isPresent()
          ? new Step.Refuse(
              "the target moved, and only GET and HEAD are repeated there; use its new address")
          : new Step.Take();
    }
    if (followed >= MOST) {
      return new Step.Refuse("there were more than " + MOST + " redirects");
    }
    return follow(request, location.get());
  }

  /** The same where nothing is followed. */
  static Step notFollowed(Exchange.Answered answer) {
    boolean redirects = answer.status() / 100 == 3 && answer.header("location").isPresent();
    return redirects
        ? new Step.Refuse("what the operator configured is where it goes; use the new address")
        : new Step.Take();
  }

  private static Step follow(Outgoing request, String location) {
    URI next;
    try {
      next = request.url().resolve(new URI(location));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return new Step.Refuse("it redirects to what is no address");
    }
    String fault = HttpArgs.urlFault(next);
    if (fault != null) {
      return new Step.Refuse("it redirects to where " + fault);
    }
    if (request.url().getScheme().equalsIgnoreCase("https")
        && !next.getScheme().equalsIgnoreCase("https")) {
      return new Step.Refuse("it redirects from https to http");
    }
    if (request.secretBody() && !request.sameOrigin(next)) {
      return new Step.Refuse("it redirects a body that holds a secret to another host");
    }
    return new Step.Follow(request.redirected(next));
  }
}
