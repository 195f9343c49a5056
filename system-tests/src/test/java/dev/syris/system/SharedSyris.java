package dev.syris.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One running program for all classes that neither kill it nor change what lies under it: it is
 * started for the first that asks and stopped after the last.
 */
final class SharedSyris implements ParameterResolver {

  private static final Namespace SHARED = Namespace.create(SharedSyris.class);

  /** Closed by JUnit with the store it lies in. */
  private record Started(SyrisProcess process) implements AutoCloseable {

    @Override
    public void close() throws Exception {
      process.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SyrisProcess.class;
  }

  @Override
  public SyrisProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SHARED)
        .computeIfAbsent(Started.class, key -> started(), Started.class)
        .process();
  }

  private static Started started() {
    try {
      return new Started(SyrisProcess.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
