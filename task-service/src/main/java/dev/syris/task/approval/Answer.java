package dev.syris.task.approval;

import org.jspecify.annotations.Nullable;

/**
 * What somebody answered.
 *
 * @param channel by which it came: {@code rest}, {@code link}
 */
public record Answer(boolean approved, @Nullable String reason, String channel) {}
