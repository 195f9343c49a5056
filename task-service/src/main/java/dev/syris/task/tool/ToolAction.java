package dev.syris.task.tool;

/**
 * How an action is carried out. Of the two kinds, one reaches outside and so can fail between
 * effect and record; the other writes to our own database only and so can't.
 */
public sealed interface ToolAction {

  /**
   * Acts outside: called on a virtual thread, outside any transaction, interrupted at its timeout.
   * Thread-safe.
   */
  non-sealed interface Calling extends ToolAction {
    ToolAnswer call(Invocation invocation) throws InterruptedException;
  }

  /**
   * Acts in our database: called in the transaction that records the outcome. Thread-safe, quick,
   * calls nobody.
   */
  non-sealed interface Transactional extends ToolAction {
    ToolAnswer apply(Invocation invocation);
  }
}
