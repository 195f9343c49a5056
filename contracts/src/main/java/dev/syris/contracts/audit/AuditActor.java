package dev.syris.contracts.audit;

/**
 * Who did what a record tells.
 *
 * @param type {@code operator}, {@code token}, {@code rule}, {@code schedule}, {@code watcher} or
 *     {@code system}
 */
public record AuditActor(String type, String id) {

  public static AuditActor system(String id) {
    return new AuditActor("system", id);
  }

  public static AuditActor schedule(String id) {
    return new AuditActor("schedule", id);
  }

  public static AuditActor watcher(String id) {
    return new AuditActor("watcher", id);
  }

  public static AuditActor rule(String id) {
    return new AuditActor("rule", id);
  }

  public static AuditActor token(String id) {
    return new AuditActor("token", id);
  }
}
