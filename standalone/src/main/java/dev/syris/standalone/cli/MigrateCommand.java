package dev.syris.standalone.cli;

import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.migrate.SchemaMigration;
import dev.syris.standalone.up.Migrations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The one-shot migrate step of the containers. Reads the environment: {@code SYRIS_POSTGRES_HOST}
 * (host:port), {@code POSTGRES_PASSWORD} of the superuser, {@code SYRIS_OWNER_PASSWORD}, {@code
 * SYRIS_INGEST_PASSWORD}, {@code SYRIS_TASK_PASSWORD}, {@code SYRIS_LEDGER_PASSWORD}, {@code
 * SYRIS_GATEWAY_PASSWORD}, {@code SYRIS_KAFKA_BOOTSTRAP_SERVERS} and {@code
 * SYRIS_KAFKA_ADMIN_PASSWORD}.
 */
@Command(
    name = "migrate",
    description = "Prepare an external broker and database (used by the containers).")
final class MigrateCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, String> environment = System.getenv();
    List<String> missing =
        required().stream().filter(name -> environment.getOrDefault(name, "").isBlank()).toList();
    if (!missing.isEmpty()) {
      DataOption.err(spec)
          .println("syris: these variables are not set: " + String.join(", ", missing));
      return 1;
    }
    String base = "jdbc:postgresql://" + environment.get("SYRIS_POSTGRES_HOST") + "/";
    var passwords = new HashMap<String, String>();
    roles().forEach(role -> passwords.put(role, environment.getOrDefault(variable(role), "")));
    Migrations.postgres(
        new DriverManagerDataSource(
            base + "postgres", "postgres", environment.getOrDefault("POSTGRES_PASSWORD", "")),
        base + SchemaMigration.DATABASE,
        passwords);
    DataOption.out(spec).println("schemas are up to date");
    Migrations.kafka(
        new KafkaSettings(
            environment.getOrDefault("SYRIS_KAFKA_BOOTSTRAP_SERVERS", ""),
            "admin",
            environment.getOrDefault("SYRIS_KAFKA_ADMIN_PASSWORD", "")));
    DataOption.out(spec).println("topics and access are up to date");
    return 0;
  }

  private static List<String> roles() {
    var roles = new ArrayList<String>();
    roles.add(SchemaMigration.OWNER);
    roles.addAll(SchemaMigration.roles());
    return roles;
  }

  private static String variable(String role) {
    return role.toUpperCase(Locale.ROOT) + "_PASSWORD";
  }

  private static List<String> required() {
    var names = new ArrayList<String>();
    names.add("SYRIS_POSTGRES_HOST");
    names.add("POSTGRES_PASSWORD");
    roles().forEach(role -> names.add(variable(role)));
    names.add("SYRIS_KAFKA_BOOTSTRAP_SERVERS");
    names.add("SYRIS_KAFKA_ADMIN_PASSWORD");
    return names;
  }
}
