package dev.syris.task.policy;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.task.gate.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call the operator has an opinion on.
 *
 * @param expected what the gate should say
 * @param risk what the risk should be; null where that does not matter
 * @param reasons all that should raise or tighten, by code; null where that does not matter
 */
record Example(
    String name,
    Subject given,
    AutonomyLevel autonomy,
    Verdict expected,
    @Nullable RiskLevel risk,
    @Nullable List<String> reasons) {}
