package dev.syris.task.call;

import dev.syris.contracts.tool.ErrorDetail;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an operator says of a call nobody else knows the outcome of. */
public sealed interface Resolution {

  /** The name on the wire. */
  String wire();

  /** It was done. */
  record Succeeded(@Nullable JsonNode output) implements Resolution {
    @Override
    public String wire() {
      return "succeeded";
    }
  }

  /** It was not done. */
  record Failed(ErrorDetail error) implements Resolution {
    @Override
    public String wire() {
      return "failed";
    }
  }

  /** It is to be made once more, with the same key. */
  record Retry() implements Resolution {
    @Override
    public String wire() {
      return "retry";
    }
  }
}
