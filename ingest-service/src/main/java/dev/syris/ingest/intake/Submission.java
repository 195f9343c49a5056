package dev.syris.ingest.intake;

import dev.syris.ingest.idempotency.RequestId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request brings.
 *
 * @param stimuli all or nothing; at least one
 * @param body the whole body, by which a repeat is told from another request
 * @param id of the request, where the client gave it a key
 */
public record Submission(List<Stimulus> stimuli, byte[] body, @Nullable RequestId id) {

  public Submission {
    stimuli = List.copyOf(stimuli);
    if (stimuli.isEmpty()) {
      throw new IllegalArgumentException("a submission has at least one stimulus");
    }
  }
}
