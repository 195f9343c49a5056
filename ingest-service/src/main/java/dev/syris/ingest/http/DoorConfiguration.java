package dev.syris.ingest.http;

import dev.syris.contracts.id.IdSource;
import dev.syris.ingest.idempotency.IdempotencyConfiguration;
import dev.syris.ingest.idempotency.InFlight;
import dev.syris.ingest.idempotency.KnownRequests;
import dev.syris.ingest.intake.Intake;
import dev.syris.ingest.log.LogConfiguration;
import dev.syris.ingest.log.RawEventLog;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What both doors lead to. */
@Configuration(proxyBeanMethods = false)
@Import({LogConfiguration.class, IdempotencyConfiguration.class})
public class DoorConfiguration {

  @Bean
  Intake intake(IdSource ids, RawEventLog log, KnownRequests requests, InFlight inFlight) {
    return new Intake(ids, log, requests, inFlight);
  }

  @Bean
  Door door(Intake intake, MeterRegistry registry) {
    return new Door(intake, registry);
  }
}
