package dev.syris.task.call;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.task.policy.Policy;
import java.time.Instant;
import java.util.Set;

/**
 * What a call is judged by, besides what it is.
 *
 * @param quiet names of the quiet hours that hold
 */
record Circumstances(AutonomyLevel level, Policy policy, Set<String> quiet, Instant at) {}
