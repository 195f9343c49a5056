package dev.syris.pipeline;

import org.springframework.context.ApplicationEvent;

/** The pipeline can't go on; its context is about to close. The source is the cause. */
public final class PipelineFailedEvent extends ApplicationEvent {

  private static final long serialVersionUID = 1L;

  PipelineFailedEvent(Throwable cause) {
    super(cause);
  }
}
