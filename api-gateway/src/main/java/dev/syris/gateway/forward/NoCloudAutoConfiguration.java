package dev.syris.gateway.forward;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Keeps the gateway library's auto-configuration out of every application on the classpath: in the
 * all-in-one program four of them share one, and none wants it. Registered in {@code
 * META-INF/spring.factories}. See docs/adr/0005.
 */
final class NoCloudAutoConfiguration implements AutoConfigurationImportFilter {

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    var wanted = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      String name = classes[i];
      wanted[i] = name == null || !name.startsWith("org.springframework.cloud.");
    }
    return wanted;
  }
}
