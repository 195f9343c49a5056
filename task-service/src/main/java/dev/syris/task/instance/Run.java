package dev.syris.task.instance;

import java.time.Instant;

/**
 * One run of an instance, from its start on.
 *
 * @param restartReason {@code first_start}, {@code clean} or {@code killed}: how the run before
 *     this one ended
 */
public record Run(Owner owner, String version, String restartReason, Instant startedAt) {}
