package dev.syris.task.notice;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.task.approval.Decider;
import dev.syris.task.decide.DecisionLinks;
import dev.syris.task.notice.NoticeTable.Claimed;
import dev.syris.task.notify.Message;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes of a notice the message that is sent; of an approval with a new link each time. */
final class NoticeLetters {

  private final Decider decider;
  private final DecisionLinks links;
  private final @Nullable URI publicUrl;

  /**
   * @param publicUrl how the operator's devices call the gateway; without it there are no links
   */
  NoticeLetters(Decider decider, DecisionLinks links, @Nullable URI publicUrl) {
    this.decider = decider;
    this.links = links;
    this.publicUrl = publicUrl;
  }

  /** The message; empty where there is nothing to be told any more. */
  Optional<Message> write(Claimed claimed) {
    return switch (claimed.notice().kind()) {
      case APPROVAL -> approval(claimed);
      case ALARM, UNKNOWN, MORE ->
          Optional.of(message(claimed, claimed.notice().body(), null, more(claimed)));
    };
  }

  private Optional<Message> approval(Claimed claimed) {
    UUID id = UUID.fromString(claimed.notice().subjectId());
    return decider
        .show(id)
        .filter(approval -> approval.path("status").asString("").equals("pending"))
        .map(approval -> approval(claimed, id, approval));
  }

  private Message approval(Claimed claimed, UUID id, ObjectNode approval) {
    ObjectNode more = more(claimed).put("approval_id", id.toString());
    String body = claimed.notice().body();
    if (publicUrl == null) {
      return message(
          claimed,
          "%s Answer with: ./syris approve %s, or: ./syris deny %s --reason TEXT"
              .formatted(body, id, id),
          null,
          more);
    }
    Instant expires = Instant.parse(approval.path("expires_at").asString());
    String token = links.create(id, claimed.target(), expires);
    String base = publicUrl.toString().replaceAll("/+$", "");
    return message(claimed, body, base + "/decide/" + token, more);
  }

  private static ObjectNode more(Claimed claimed) {
    return Json.object()
        .put("notice_id", claimed.id().toString())
        .put("kind", claimed.notice().kind().wire())
        .put("at", InstantCodec.format(claimed.createdAt()));
  }

  private static Message message(
      Claimed claimed, String body, @Nullable String link, ObjectNode more) {
    Notice notice = claimed.notice();
    return new Message(notice.title(), StringNode.valueOf(body), notice.urgency(), link, more);
  }
}
