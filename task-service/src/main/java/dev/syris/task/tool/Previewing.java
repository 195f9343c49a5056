package dev.syris.task.tool;

/**
 * An action that can show what it would do: implemented beside {@link ToolAction.Calling} or {@link
 * ToolAction.Transactional}. What it shows is what carrying it out begins with, so that the two
 * can't differ.
 */
public interface Previewing {

  /**
   * What would be sent: pure and quick, calls nobody, resolves no secret.
   *
   * @param invocation whose arguments match the action's input schema
   */
  Preview preview(Invocation invocation);

  /** A calling action that can show what it would do. */
  static ToolAction.Calling calling(Previewing preview, ToolAction.Calling action) {
    return new PreviewedCall(preview, action);
  }

  /** The same for one in our own database. */
  static ToolAction.Transactional transactional(
      Previewing preview, ToolAction.Transactional action) {
    return new PreviewedApplication(preview, action);
  }
}
