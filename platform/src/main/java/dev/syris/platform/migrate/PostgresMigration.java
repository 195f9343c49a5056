package dev.syris.platform.migrate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Brings a database to what the services expect: roles and database as superuser, everything else
 * as owner. Safe to repeat; two at once are kept apart by Flyway's own lock.
 */
public final class PostgresMigration {

  /**
   * Roles that look for few rows by their keys in tables that grow. A plan made while a table was
   * small, and kept, must not read all of it later: without these, only loops over an index are
   * left. Plain scans of an index also mark its dead entries, which a bitmap scan reads each time.
   */
  private static final Set<String> INDEX_ONLY = Set.of("syris_task");

  private PostgresMigration() {}

  /**
   * Makes the database, its owner and the service roles, with the passwords given, where they are
   * missing.
   *
   * @param superuser a connection to any database as a superuser
   * @param passwords of the owner and every service role, by role name
   */
  public static void prepare(DataSource superuser, String database, Map<String, String> passwords) {
    JdbcClient jdbc = JdbcClient.create(superuser);
    role(jdbc, SchemaMigration.OWNER, passwords);
    SchemaMigration.roles().forEach(role -> role(jdbc, role, passwords));
    boolean missing =
        jdbc.sql("select 1 from pg_database where datname = :name")
            .param("name", database)
            .query(Integer.class)
            .optional()
            .isEmpty();
    if (missing) {
      execute(
          jdbc,
          "create database %s owner %s encoding 'UTF8' template template0",
          database,
          SchemaMigration.OWNER);
    }
    execute(jdbc, "revoke all on database %s from public", database);
    SchemaMigration.roles()
        .forEach(role -> execute(jdbc, "grant connect on database %s to %s", database, role));
  }

  /** Runs the scripts of every schema that is on the classpath, as owner. */
  public static void migrate(String url, String ownerPassword) {
    var owner = new DriverManagerDataSource(url, SchemaMigration.OWNER, ownerPassword);
    JdbcClient jdbc = JdbcClient.create(owner);
    execute(jdbc, "revoke all on schema public from public");
    execute(jdbc, "create schema if not exists api");
    execute(jdbc, "grant usage on schema api to syris_gateway");
    SchemaMigration.ALL.stream()
        .filter(PostgresMigration::present)
        .forEach(schema -> run(owner, jdbc, schema));
  }

  private static boolean present(SchemaMigration schema) {
    return PostgresMigration.class.getClassLoader().getResource("db/migration/" + schema.name())
        != null;
  }

  private static void run(DataSource owner, JdbcClient jdbc, SchemaMigration schema) {
    execute(jdbc, "create schema if not exists %s", schema.name());
    execute(jdbc, "grant usage on schema %s to %s", schema.name(), schema.role());
    if (schema.outbox()) {
      flyway(owner, schema, "flyway_outbox_history", "classpath:db/migration/outbox").migrate();
    }
    flyway(owner, schema, "flyway_schema_history", "classpath:db/migration/" + schema.name())
        .migrate();
  }

  private static Flyway flyway(
      DataSource owner, SchemaMigration schema, String history, String location) {
    return Flyway.configure(PostgresMigration.class.getClassLoader())
        .dataSource(owner)
        .schemas(schema.name())
        .defaultSchema(schema.name())
        .createSchemas(false)
        .table(history)
        .locations(location)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .placeholders(Map.of("schema", schema.name(), "role", schema.role()))
        .load();
  }

  private static void role(JdbcClient jdbc, String role, Map<String, String> passwords) {
    String password = passwords.get(role);
    if (password == null || password.isEmpty()) {
      throw new IllegalArgumentException(
          "the database role " + role + " has no password; give it one");
    }
    boolean missing =
        jdbc.sql("select 1 from pg_roles where rolname = :name")
            .param("name", role)
            .query(Integer.class)
            .optional()
            .isEmpty();
    if (missing) {
      execute(jdbc, "create role %s login nosuperuser nocreatedb nocreaterole", role);
    }
    String quoted =
        jdbc.sql("select quote_literal(:text)")
            .param("text", password)
            .query(String.class)
            .single();
    execute(jdbc, "alter role %s password " + quoted.replace("%", "%%"), role);
    if (INDEX_ONLY.contains(role)) {
      for (String plan : List.of("seqscan", "bitmapscan", "hashjoin", "mergejoin")) {
        execute(jdbc, "alter role %s set enable_%s = off", role, plan);
      }
    }
  }

  /** Names come from this class and the catalogue only, never from outside. */
  private static void execute(JdbcClient jdbc, String sql, Object... names) {
    jdbc.sql(sql.formatted(names)).update();
  }
}
