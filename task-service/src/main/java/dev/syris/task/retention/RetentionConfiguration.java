package dev.syris.task.retention;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loop that forgets what others have to forget. */
@Configuration(proxyBeanMethods = false)
public class RetentionConfiguration {

  @Bean
  RetentionLoop retentionLoop(ObjectProvider<Forgettable> kept, InstantSource clock) {
    return new RetentionLoop(kept.stream().toList(), clock);
  }
}
