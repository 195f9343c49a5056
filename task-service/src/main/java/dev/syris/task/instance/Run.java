package dev.syris.task.instance;

import java.time.Instant;

/**
 * One run of an instance, from its start on.
 *
 * @param restartReason {@code first_start}, {@code clean}, {@code killed} or {@code crashed}: how
 *     the run before this one ended
 */
public record Run(Owner owner, String version, String restartReason, Instant startedAt) {}
