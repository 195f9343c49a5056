package dev.syris.gateway.forward;

import dev.syris.platform.assertion.CallerAssertion;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Where the services are and how they are spoken to. */
@Configuration(proxyBeanMethods = false)
@Import({
  ForwardController.class,
  TaskForwardController.class,
  QuietHoursForwardController.class,
  RuleForwardController.class,
  ScheduleForwardController.class,
  AlarmForwardController.class,
  ToolCallForwardController.class,
  ApprovalForwardController.class,
  ControlForwardController.class,
  DecideForwardController.class
})
@EnableConfigurationProperties(ServiceAddresses.class)
public class ForwardConfiguration {

  private static final Duration CONNECT = Duration.ofSeconds(1);

  /** As long as an assertion holds. */
  private static final Duration ANSWER = CallerAssertion.LIFETIME;

  @Bean(destroyMethod = "shutdownNow")
  HttpClient serviceClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  @Bean
  CallerAssertion callerAssertion(
      @Value("${syris.assertion.key}") String key, InstantSource clock) {
    return new CallerAssertion(key, clock);
  }

  @Bean
  Forwarding ingestForwarding(
      ServiceAddresses services, ProxyExchange exchange, CallerAssertion assertions) {
    return new Forwarding("ingest", services.ingest(), exchange, assertions);
  }

  @Bean
  Forwarding taskForwarding(
      ServiceAddresses services, ProxyExchange exchange, CallerAssertion assertions) {
    return new Forwarding("task", services.task(), exchange, assertions);
  }

  @Bean
  ProxyExchange proxyExchange(HttpClient client) {
    var requests = new JdkClientHttpRequestFactory(client);
    requests.setReadTimeout(ANSWER);
    return new RestClientProxyExchange(
        RestClient.builder().requestFactory(requests).build(), new GatewayMvcProperties());
  }
}
