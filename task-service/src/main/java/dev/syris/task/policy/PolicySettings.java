package dev.syris.task.policy;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the policy is.
 *
 * @param file read again whenever it changes; the defaults hold while there is none
 * @param look how often it is looked at; what it says holds once two looks in a row saw the same
 */
@ConfigurationProperties("syris.policy")
public record PolicySettings(
    @DefaultValue("policy.yml") Path file, @DefaultValue("1s") Duration look) {

  public PolicySettings {
    if (look.toMillis() < 1) {
      throw new IllegalArgumentException(
          "syris.policy.look is " + look + "; it must be at least 1ms");
    }
  }
}
