package dev.syris.benchmarks.task;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** What JobRunr keeps as JSON and gives to the handler. */
public record NoopRequest(int task, String payload) implements JobRequest {

  @Override
  public Class<Handler> getJobRequestHandler() {
    return Handler.class;
  }

  /** Tells that it ran. */
  public static final class Handler implements JobRequestHandler<NoopRequest> {

    private final Executions executions;

    Handler(Executions executions) {
      this.executions = executions;
    }

    @Override
    public void run(NoopRequest request) {
      executions.run(request.task(), request.payload());
    }
  }
}
