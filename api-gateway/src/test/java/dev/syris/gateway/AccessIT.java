package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.gateway.access.Needs;
import dev.syris.gateway.access.Open;
import dev.syris.gateway.access.Scope;
import dev.syris.gateway.fixture.Call;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.WithBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every address there is, found in the running gateway, refuses whoever may not use it. */
@WithBackends
class AccessIT {

  private static final TestGateway GATEWAY = TestGateway.shared();

  /** One method of one address. */
  record Address(String method, String pattern, HandlerMethod handler) {

    Call call() {
      return GATEWAY.call(
          method, pattern.replaceAll("\\{[^}]+}", "018f0000-0000-7000-8000-000000000000"));
    }

    boolean open() {
      return handler.hasMethodAnnotation(Open.class);
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  static Stream<Address> addresses() {
    var addresses = new ArrayList<Address>();
    var mapping = GATEWAY.context().getBean(RequestMappingHandlerMapping.class);
    mapping
        .getHandlerMethods()
        .forEach(
            (info, handler) ->
                info.getPatternValues()
                    .forEach(
                        pattern -> {
                          assertThat(info.getMethodsCondition().getMethods())
                              .as(pattern)
                              .isNotEmpty();
                          for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                            addresses.add(new Address(method.name(), pattern, handler));
                          }
                        }));
    assertThat(addresses).hasSizeGreaterThan(20);
    return addresses.stream();
  }

  static Stream<Address> closedAddresses() {
    return addresses().filter(address -> !address.open());
  }

  @Test
  void shouldHaveNoWayInBesideTheDeclaredOnes() {
    // When
    List<HandlerMapping> mappings =
        List.copyOf(GATEWAY.context().getBeansOfType(HandlerMapping.class).values());
    // Then
    assertThat(mappings)
        .allSatisfy(
            mapping -> {
              switch (mapping) {
                case RequestMappingHandlerMapping _ -> {}
                case RouterFunctionMapping router ->
                    assertThat(router.getRouterFunction()).isNull();
                case AbstractUrlHandlerMapping urls -> assertThat(urls.getHandlerMap()).isEmpty();
                default -> throw new AssertionError("a mapping nobody thought of: " + mapping);
              }
            });
  }

  @Test
  void shouldKeepOnlyTheKnownAddressesOpen() {
    // When / Then
    assertThat(addresses().filter(Address::open).map(Address::toString))
        .containsExactlyInAnyOrder(
            "GET /health",
            "GET /decide/{token}",
            "POST /decide/{token}",
            "POST /webhooks/{connectorId}");
  }

  @ParameterizedTest
  @MethodSource("closedAddresses")
  void shouldRefuseWhoHasNoToken(Address address) {
    // When
    Reply reply = address.call().send();
    // Then
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("token.missing");
    assertThat(reply.header("www-authenticate")).startsWith("Bearer");
  }

  @ParameterizedTest
  @MethodSource("closedAddresses")
  void shouldRefuseATokenItDoesNotKnow(Address address) {
    // When
    Reply reply = address.call().token("syris_not_one_of_ours_at_all").send();
    // Then
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("token.unknown");
  }

  @ParameterizedTest
  @MethodSource("closedAddresses")
  void shouldNameTheMissingScope(Address address) {
    // Given
    Scope needed = address.handler().getMethodAnnotation(Needs.class).value();
    String others =
        GATEWAY.token(
            Arrays.stream(Scope.values())
                .filter(scope -> scope != needed && scope != Scope.ADMIN)
                .map(Scope::wire)
                .toArray(String[]::new));
    // When
    Reply reply = address.call().token(others).send();
    // Then
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().get("missing_scope").stringValue()).isEqualTo(needed.wire());
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void shouldRefuseAForeignHost(Address address) {
    // When
    Reply reply =
        address.call().token(GATEWAY.operator()).header("Host", "evil.example:7171").send();
    // Then
    assertThat(reply.status()).isEqualTo(421);
    assertThat(reply.code()).isEqualTo("host.foreign");
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void shouldRefuseAForeignOrigin(Address address) {
    // When
    Reply reply =
        address.call().token(GATEWAY.operator()).header("Origin", "http://evil.example").send();
    Reply ofNobody = address.call().token(GATEWAY.operator()).header("Origin", "null").send();
    // Then
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("origin.foreign");
    assertThat(ofNobody.code()).isEqualTo("origin.foreign");
  }

  @ParameterizedTest
  @MethodSource("closedAddresses")
  void shouldRefuseAParameterItDoesNotKnow(Address address) {
    // Given
    String path = address.pattern().replaceAll("\\{[^}]+}", "018f0000-0000-7000-8000-000000000000");
    // When
    Reply reply =
        GATEWAY
            .call(address.method(), path + "?no_such_parameter=1")
            .token(GATEWAY.operator())
            .json("{}")
            .send();
    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("parameter").stringValue()).isEqualTo("no_such_parameter");
  }

  @Test
  void shouldTellOnlyKnownCallersThatAnAddressIsNotThere() {
    // When
    Reply stranger = GATEWAY.call("GET", "/no-such-things").send();
    Reply known = GATEWAY.get("/no-such-things");
    Reply wrongMethod = GATEWAY.call("PUT", "/audit").token(GATEWAY.operator()).send();
    // Then
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(known.status()).isEqualTo(404);
    assertThat(known.code()).isEqualTo("not_found");
    assertThat(wrongMethod.status()).isEqualTo(405);
    assertThat(wrongMethod.header("allow")).contains("GET");
  }

  @Test
  void shouldLetItsOwnPagesIn() {
    // When
    Reply reply =
        GATEWAY
            .call("GET", "/tools")
            .token(GATEWAY.operator())
            .header("Origin", "http://127.0.0.1:" + GATEWAY.port())
            .send();
    // Then
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void shouldSendSecurityHeadersWithEveryAnswer() {
    // When
    List<Reply> replies =
        List.of(
            GATEWAY.get("/tools"), GATEWAY.get("/nowhere"), GATEWAY.call("GET", "/tools").send());
    // Then
    assertThat(replies)
        .allSatisfy(
            reply -> {
              assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
              assertThat(reply.header("cache-control")).isEqualTo("no-store");
              assertThat(reply.header("content-security-policy")).contains("default-src 'none'");
              assertThat(reply.headers()).doesNotContainKey("server");
            });
  }

  @Test
  void shouldRefuseOptionsWhichNobodyDeclared() {
    // When
    Reply reply = GATEWAY.call("OPTIONS", "/tokens").token(GATEWAY.operator()).send();
    // Then
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("access.undeclared");
  }
}
