package dev.syris.rules.condition;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import java.time.Instant;

/**
 * What a condition may ask about besides the document.
 *
 * @param at the time that counts: an event's append time, a step's start
 */
public record Surroundings(Instant at, AutonomyLevel autonomy, SystemStatus status) {}
