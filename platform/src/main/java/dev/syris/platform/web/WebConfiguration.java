package dev.syris.platform.web;

import dev.syris.contracts.json.Json;
import dev.syris.platform.problem.ProblemAdvice;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.json.JsonMapper;

/** The wire's own JSON mapper for requests and answers, and problem details for errors. */
@Configuration(proxyBeanMethods = false)
@Import(ProblemAdvice.class)
public class WebConfiguration {

  @Bean
  JsonMapper jsonMapper() {
    return Json.mapper()
        .rebuild()
        .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
        .build();
  }
}
