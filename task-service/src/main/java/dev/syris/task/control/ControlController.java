package dev.syris.task.control;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.task.control.Controls.PauseMode;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Texts;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets the controls. Needs the scope {@code admin}; answers with the Controls of the contracts. */
@RestController
final class ControlController {

  private static final String ADMIN = "admin";
  private static final byte[] NOTHING = {};

  private final Controls controls;
  private final InstantSource clock;

  ControlController(Controls controls, InstantSource clock) {
    this.controls = controls;
    this.clock = clock;
  }

  @PostMapping("/controls/autonomy")
  ResponseEntity<byte[]> autonomy(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    ObjectNode asked = Bodies.object(body == null ? NOTHING : body);
    controls.setLevel(level(asked), expiry(asked), Texts.reason(asked), by);
    return shown();
  }

  @PostMapping("/controls/pause")
  ResponseEntity<byte[]> pause(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    ObjectNode asked = Bodies.optional(body == null ? NOTHING : body);
    controls.pause(mode(asked), Texts.reason(asked), by);
    return shown();
  }

  @PostMapping("/controls/resume")
  ResponseEntity<byte[]> resume(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    ObjectNode asked = Bodies.optional(body == null ? NOTHING : body);
    controls.resume(Texts.reason(asked), by);
    return shown();
  }

  private ResponseEntity<byte[]> shown() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(controls.show());
  }

  private static AutonomyLevel level(ObjectNode asked) {
    JsonNode level = asked.get("level");
    return Arrays.stream(AutonomyLevel.values())
        .filter(one -> level != null && level.isString() && level.asString().equals(one.name()))
        .findFirst()
        .orElseThrow(() -> Texts.invalid("/level", "must be one of A0, A1, A2, A3, A4"));
  }

  private @Nullable Instant expiry(ObjectNode asked) {
    JsonNode expiry = asked.get("expires_at");
    if (expiry == null || expiry.isNull()) {
      return null;
    }
    try {
      Instant at = Instant.parse(expiry.asString(""));
      if (at.isAfter(clock.instant())) {
        return at;
      }
    } catch (DateTimeParseException _) {
      // said below
    }
    throw Texts.invalid("/expires_at", "must be a time to come, such as 2026-12-24T18:00:00Z");
  }

  private static PauseMode mode(ObjectNode asked) {
    JsonNode mode = asked.get("mode");
    if (mode == null || mode.isNull()) {
      return PauseMode.DRAIN;
    }
    return switch (mode.asString("")) {
      case "drain" -> PauseMode.DRAIN;
      case "halt" -> PauseMode.HALT;
      default -> throw Texts.invalid("/mode", "must be drain or halt");
    };
  }
}
