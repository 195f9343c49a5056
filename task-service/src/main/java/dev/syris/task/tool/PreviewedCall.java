package dev.syris.task.tool;

/** Calls one, shows by the other. */
record PreviewedCall(Previewing previewing, ToolAction.Calling action)
    implements ToolAction.Calling, Previewing {

  @Override
  public ToolAnswer call(Invocation invocation) throws InterruptedException {
    return action.call(invocation);
  }

  @Override
  public Preview preview(Invocation invocation) {
    return previewing.preview(invocation);
  }
}
