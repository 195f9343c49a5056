package dev.syris.task.gate;

/**
 * Something that makes the gate stricter than its table.
 *
 * @param atLeast what it makes of the call, where the table is milder
 * @param code stable, such as {@code quiet_hours}
 * @param message for people: what was found
 */
public record Tightening(Verdict atLeast, String code, String message) {}
