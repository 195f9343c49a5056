package dev.syris.pipeline.normalize;

import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.Rejection;

/** What became of a raw event. */
sealed interface Normalization {

  record Canonical(Arrival arrival) implements Normalization {}

  record Refused(Rejection why) implements Normalization {}
}
