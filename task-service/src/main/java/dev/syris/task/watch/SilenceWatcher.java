package dev.syris.task.watch;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.task.alarm.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Notices that a connector that usually speaks has gone quiet, and that it speaks again. */
final class SilenceWatcher implements Watcher {

  private static final String QUIET = "connector.quiet";

  private final String id;
  private final WatcherSettings.Wanted wanted;
  private final String connector;
  private final Duration quietAfter;
  private final Function<String, Optional<Instant>> lastHeard;

  /**
   * @param lastHeard when a connector's newest event came in
   */
  SilenceWatcher(
      String id, WatcherSettings.Wanted wanted, Function<String, Optional<Instant>> lastHeard) {
    this.id = id;
    this.wanted = wanted;
    this.connector = Objects.requireNonNull(wanted.connector());
    this.quietAfter = Objects.requireNonNull(wanted.quietAfter());
    this.lastHeard = lastHeard;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String type() {
    return "silence";
  }

  @Override
  public Duration interval() {
    return wanted.interval();
  }

  @Override
  public Duration timeout() {
    return wanted.timeout();
  }

  @Override
  public Duration throttle() {
    return wanted.throttle();
  }

  @Override
  public Tick tick(Look look) {
    Optional<Instant> heard = lastHeard.apply(connector);
    Instant since = heard.filter(look.enabledAt()::isBefore).orElse(look.enabledAt());
    boolean quiet = since.plus(quietAfter).isBefore(look.now());
    boolean before = look.state().path("quiet").asBoolean(false);
    ObjectNode state = Json.object().put("quiet", quiet);
    heard.ifPresent(time -> state.put("last_heard_at", InstantCodec.format(time)));
    String text =
        quiet
            ? "%s has said nothing since %s".formatted(connector, since)
            : "%s speaks".formatted(connector);
    Tick tick =
        quiet == before
            ? Tick.quiet(text, state)
            : new Tick(
                quiet ? "quiet" : "speaks",
                text,
                state,
                List.of(new Tick.Observation(text, said(quiet, since))),
                Map.of());
    return tick.with(QUIET + ":" + id, quiet ? List.of(finding(text, since)) : List.of());
  }

  private ObjectNode said(boolean quiet, Instant since) {
    return Json.object()
        .put("watcher_id", id)
        .put("connector_id", connector)
        .put("change", quiet ? "quiet" : "speaks")
        .put("last_heard_at", InstantCodec.format(since));
  }

  private Finding finding(String text, Instant since) {
    return Finding.of(
        QUIET + ":" + id,
        Finding.Severity.WARNING,
        QUIET + ":" + id,
        text,
        Json.object()
            .put("connector_id", connector)
            .put("last_heard_at", InstantCodec.format(since)));
  }
}
