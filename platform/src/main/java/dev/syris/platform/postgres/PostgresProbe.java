package dev.syris.platform.postgres;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the database answers. */
public final class PostgresProbe implements HealthProbe {

  private final JdbcClient jdbc;

  public PostgresProbe(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Result check() {
    jdbc.sql("select 1").query(Integer.class).single();
    return Result.up(Map.of());
  }
}
