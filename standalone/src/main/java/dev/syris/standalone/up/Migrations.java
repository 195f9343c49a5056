package dev.syris.standalone.up;

import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.migrate.KafkaMigration;
import dev.syris.platform.migrate.PostgresMigration;
import dev.syris.platform.migrate.SchemaMigration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;

/** The one migrate step: what must be there before any service starts. Safe to repeat. */
public final class Migrations {

  private Migrations() {}

  /**
   * Roles, database, schemas, tables, views.
   *
   * @param superuser a connection as a superuser
   * @param databaseUrl JDBC address of the database the services use
   * @param passwords of owner and service roles
   */
  public static void postgres(
      DataSource superuser, String databaseUrl, Map<String, String> passwords) {
    PostgresMigration.prepare(superuser, SchemaMigration.DATABASE, passwords);
    String ownerPassword = passwords.getOrDefault(SchemaMigration.OWNER, "");
    PostgresMigration.migrate(databaseUrl, ownerPassword);
  }

  /** Topics and access lists. */
  public static void kafka(KafkaSettings administrator) {
    try (Admin admin = Admin.create(administrator.clientConfig())) {
      new KafkaMigration(admin).migrate();
    }
  }
}
