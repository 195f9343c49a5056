package dev.syris.platform.migrate;

import java.util.List;

/**
 * One schema and who may use it.
 *
 * @param name the schema, and the folder under {@code db/migration} its scripts are in
 * @param role the service role; a schema more than one role reads grants the others in its scripts
 * @param outbox whether it has an outbox
 */
public record SchemaMigration(String name, String role, boolean outbox) {

  public static final String OWNER = "syris_owner";
  public static final String DATABASE = "syris";

  /** Every schema; the one named {@code api} holds views only and belongs to no service. */
  public static final List<SchemaMigration> ALL =
      List.of(
          new SchemaMigration("ingest", "syris_ingest", false),
          new SchemaMigration("task", "syris_task", true),
          new SchemaMigration("ledger", "syris_ledger", false),
          new SchemaMigration("gateway", "syris_gateway", true),
          new SchemaMigration("secret", "syris_task", false));

  /** Every service role. */
  public static List<String> roles() {
    return ALL.stream().map(SchemaMigration::role).distinct().toList();
  }
}
