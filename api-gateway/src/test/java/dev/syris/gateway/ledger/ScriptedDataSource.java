package dev.syris.gateway.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections on which a test may act before and after every word to the database: fail, or wait.
 */
final class ScriptedDataSource extends AbstractDataSource {

  /** What happens at a step; throwing ends it there. */
  interface Script {
    void before(String step) throws SQLException;

    void after(String step) throws SQLException;
  }

  private static final Set<String> WORDS =
      Set.of("execute", "executeQuery", "executeUpdate", "commit", "unwrap", "setAutoCommit");

  private final DataSource real;
  private final Script script;

  ScriptedDataSource(DataSource real, Script script) {
    this.real = real;
    this.script = script;
  }

  @Override
  public Connection getConnection() throws SQLException {
    script.before("connect");
    return proxy(Connection.class, real.getConnection());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLException("not here");
  }

  private <T> T proxy(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(target, method, arguments)));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    boolean word = WORDS.contains(method.getName());
    if (word) {
      script.before(method.getName());
    }
    Object answer;
    try {
      answer = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (word) {
      script.after(method.getName());
    }
    return answer instanceof PreparedStatement statement
        ? proxy(PreparedStatement.class, statement)
        : answer;
  }
}
