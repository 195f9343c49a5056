package dev.syris.task.decide;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.json.StorableText;
import dev.syris.task.approval.Decider;
import dev.syris.task.approval.Decider.Decided;
import dev.syris.task.decide.DecisionLinks.Link;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page behind a link. Whoever has the link may answer; asking for the page answers nothing,
 * because whatever reads notices may follow links.
 */
@RestController
final class DecideController {

  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
  private static final int MAX_REASON = 500;
  private static final String CHANNEL = "link";

  private final DecisionLinks links;
  private final Decider decider;
  private final InstantSource clock;

  DecideController(DecisionLinks links, Decider decider, InstantSource clock) {
    this.links = links;
    this.decider = decider;
    this.clock = clock;
  }

  @GetMapping("/decide/{token}")
  ResponseEntity<byte[]> show(@PathVariable String token) {
    return switch (open(token)) {
      case Opened.Question(Link _, ObjectNode approval) ->
          html(HttpStatus.OK, DecidePage.question(approval, null));
      case Opened.Closed(HttpStatus status, String title, String text) ->
          html(status, DecidePage.message(title, text));
    };
  }

  @PostMapping("/decide/{token}")
  ResponseEntity<byte[]> decide(@PathVariable String token, HttpServletRequest request)
      throws UnsupportedEncodingException {
    request.setCharacterEncoding(StandardCharsets.UTF_8.name());
    return switch (open(token)) {
      case Opened.Question(Link link, ObjectNode approval) ->
          decide(token, link, approval, request);
      case Opened.Closed(HttpStatus status, String title, String text) ->
          html(status, DecidePage.message(title, text));
    };
  }

  /** What is behind a link. */
  private sealed interface Opened {
    record Question(Link link, ObjectNode approval) implements Opened {}

    record Closed(HttpStatus status, String title, String text) implements Opened {}
  }

  private Opened open(String token) {
    Optional<Link> link = links.find(token);
    if (link.isEmpty()) {
      return new Opened.Closed(
          HttpStatus.NOT_FOUND, "No such link", "Nothing is behind this link.");
    }
    Optional<ObjectNode> approval = decider.show(link.get().approval());
    String status = approval.map(one -> one.path("status").asString("")).orElse("");
    if (link.get().good(clock.instant()) && status.equals("pending")) {
      return new Opened.Question(link.get(), approval.orElseThrow());
    }
    return gone(status);
  }

  private static Opened gone(String status) {
    return new Opened.Closed(HttpStatus.GONE, "This link is good no more", words(status));
  }

  private static String words(String status) {
    return switch (status) {
      case "pending" -> "It is too old, or a newer one was sent in its place; use that.";
      case "approved", "used" -> "The call was approved.";
      case "denied" -> "The call was denied.";
      case "expired" -> "Nobody answered in time; the call was refused.";
      case "stale" -> "What would run has changed since; it was asked anew.";
      case "canceled" -> "The call was canceled; there is nothing to answer.";
      default -> "There is nothing to answer.";
    };
  }

  private ResponseEntity<byte[]> decide(
      String token, Link link, ObjectNode approval, HttpServletRequest request) {
    String answer = request.getParameter("answer");
    String reason = request.getParameter("reason");
    boolean approve = "approve".equals(answer);
    String fault = fault(answer, reason);
    if (fault != null) {
      return html(HttpStatus.UNPROCESSABLE_CONTENT, DecidePage.question(approval, fault));
    }
    Decided decided =
        decider.decide(
            link.approval(),
            approve,
            reason == null || reason.isBlank() ? null : reason.strip(),
            CHANNEL,
            new AuditActor("operator", link.target()));
    links.use(token);
    return switch (decided) {
      case Decided.Done _ -> html(HttpStatus.OK, done(approve));
      case Decided.NoSuchApproval _ -> closed(HttpStatus.NOT_FOUND, "");
      case Decided.NotPending(String status) -> closed(HttpStatus.CONFLICT, status);
      case Decided.WentStale(String because) ->
          html(
              HttpStatus.CONFLICT,
              DecidePage.message(
                  "Not approved",
                  "Nothing was approved: %s. It is asked anew.".formatted(because)));
    };
  }

  private static @Nullable String fault(@Nullable String answer, @Nullable String reason) {
    if (!"approve".equals(answer) && !"deny".equals(answer)) {
      return "Choose one of the two buttons.";
    }
    boolean storable =
        reason == null || (reason.length() <= MAX_REASON && StorableText.fault(reason) == null);
    return storable ? null : "The reason must be a text of at most 500 characters.";
  }

  private static String done(boolean approve) {
    return approve
        ? DecidePage.message("Approved", "The call is made now, once, as it was shown.")
        : DecidePage.message("Denied", "The call is not made.");
  }

  private static ResponseEntity<byte[]> closed(HttpStatus status, String approval) {
    return html(status, DecidePage.message("Somebody was faster", words(approval)));
  }

  private static ResponseEntity<byte[]> html(HttpStatus status, String page) {
    return ResponseEntity.status(status)
        .contentType(HTML)
        .header("Content-Security-Policy", DecidePage.policy())
        // Not no-referrer: with that a browser sends the form with the Origin "null".
        .header("Referrer-Policy", "same-origin")
        .header("Cache-Control", "no-store")
        .header("X-Frame-Options", "DENY")
        .header("X-Robots-Tag", "noindex")
        .body(page.getBytes(StandardCharsets.UTF_8));
  }
}
