package dev.syris.task.alarm;

import dev.syris.contracts.id.TraceId;
import java.util.UUID;

/** An alarm as far as changes of it need to know it. */
record AlarmRow(
    UUID id, String type, AlarmStatus status, String dedupeKey, String summary, TraceId trace) {}
