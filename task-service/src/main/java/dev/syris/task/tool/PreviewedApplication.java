package dev.syris.task.tool;

/** Applies one, shows by the other. */
record PreviewedApplication(Previewing previewing, ToolAction.Transactional action)
    implements ToolAction.Transactional, Previewing {

  @Override
  public ToolAnswer apply(Invocation invocation) {
    return action.apply(invocation);
  }

  @Override
  public Preview preview(Invocation invocation) {
    return previewing.preview(invocation);
  }
}
