package dev.syris.standalone.data;

import dev.syris.platform.migrate.SchemaMigration;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The passwords and keys of one installation, made at first start and kept in a file only the owner
 * reads.
 */
public final class Credentials {

  /** Everyone the broker knows, but the administrator. */
  public static final List<String> KAFKA_PRINCIPALS =
      List.of("producer", "ingest", "pipeline", "task", "gateway");

  public static final String KAFKA_ADMIN = "admin";
  public static final String POSTGRES_SUPERUSER = "postgres";

  private static final String FILE = "credentials.properties";
  private static final int BYTES = 32;

  private final Map<String, String> values;

  private Credentials(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the file, and adds what an older installation lacks. */
  public static Credentials loadOrCreate(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    var values = new TreeMap<String, String>();
    if (Files.exists(file)) {
      var properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      properties
          .stringPropertyNames()
          .forEach(name -> values.put(name, properties.getProperty(name)));
    }
    var random = new SecureRandom();
    int before = values.size();
    names().forEach(name -> values.computeIfAbsent(name, missing -> secret(missing, random)));
    if (values.size() > before) {
      var text =
          new StringBuilder(
              "# Made by SYRIS at first start. Keep it private; whoever has it has everything.\n");
      values.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
      DataFolder.writePrivately(file, text.toString());
    }
    return new Credentials(values);
  }

  private static List<String> names() {
    var names = new ArrayList<String>();
    names.add("kafka." + KAFKA_ADMIN);
    KAFKA_PRINCIPALS.forEach(principal -> names.add("kafka." + principal));
    names.add("postgres." + POSTGRES_SUPERUSER);
    names.add("postgres." + SchemaMigration.OWNER);
    SchemaMigration.roles().forEach(role -> names.add("postgres." + role));
    names.add("key.assertion");
    names.add("key.artifacts");
    return names;
  }

  private static String secret(String name, SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return name.startsWith("key.")
        ? Base64.getEncoder().encodeToString(bytes)
        : HexFormat.of().formatHex(bytes);
  }

  public String kafka(String principal) {
    return get("kafka." + principal);
  }

  public String postgres(String role) {
    return get("postgres." + role);
  }

  /** Base64 of 32 random bytes. */
  public String key(String name) {
    return get("key." + name);
  }

  /** Every broker principal with its password. */
  public Map<String, String> kafkaUsers() {
    var users = new HashMap<String, String>();
    users.put(KAFKA_ADMIN, kafka(KAFKA_ADMIN));
    KAFKA_PRINCIPALS.forEach(principal -> users.put(principal, kafka(principal)));
    return users;
  }

  /** The owner and every service role with its password. */
  public Map<String, String> postgresRoles() {
    var roles = new HashMap<String, String>();
    roles.put(SchemaMigration.OWNER, postgres(SchemaMigration.OWNER));
    SchemaMigration.roles().forEach(role -> roles.put(role, postgres(role)));
    return roles;
  }

  private String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no credential named " + name);
    }
    return value;
  }
}
