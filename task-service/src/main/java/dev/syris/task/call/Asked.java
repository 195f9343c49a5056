package dev.syris.task.call;

import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.ToolCallId;

/** A call somebody is asked about, to be written. */
record Asked(ToolCallId id, ApprovalId approval, Findings findings, String toolVersion) {}
