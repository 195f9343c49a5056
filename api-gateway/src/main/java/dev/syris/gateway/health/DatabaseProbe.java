package dev.syris.gateway.health;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the database answers. */
final class DatabaseProbe implements HealthProbe {

  static final String NAME = "database";

  private final JdbcClient jdbc;

  DatabaseProbe(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Result check() {
    jdbc.sql("select 1").query(Integer.class).single();
    return Result.up(Map.of());
  }
}
