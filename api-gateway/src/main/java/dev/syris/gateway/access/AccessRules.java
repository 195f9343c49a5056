package dev.syris.gateway.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds what the address of a request declares. */
final class AccessRules {

  private final Supplier<RequestMappingHandlerMapping> mappings;

  AccessRules(Supplier<RequestMappingHandlerMapping> mappings) {
    this.mappings = mappings;
  }

  /** What is known of an address before anyone is let in. */
  sealed interface Rule {
    /** It needs a scope. */
    record Scoped(Scope scope, HandlerMethod handler) implements Rule {}

    /** It needs nothing. */
    record Free(HandlerMethod handler) implements Rule {}

    /** Nobody said what it needs: nobody gets in. */
    record Undeclared() implements Rule {}

    /**
     * There is no such address, or not with this method or media type; only who is known may learn
     * that.
     */
    record Nowhere() implements Rule {}
  }

  Rule of(HttpServletRequest request) {
    HandlerExecutionChain chain = lookUp(request);
    if (chain == null) {
      return new Rule.Nowhere();
    }
    return chain.getHandler() instanceof HandlerMethod handler
        ? declared(handler)
        : new Rule.Undeclared();
  }

  static Rule declared(HandlerMethod handler) {
    Needs needs = handler.getMethodAnnotation(Needs.class);
    if (needs != null) {
      return new Rule.Scoped(needs.value(), handler);
    }
    return handler.hasMethodAnnotation(Open.class) ? new Rule.Free(handler) : new Rule.Undeclared();
  }

  private @Nullable HandlerExecutionChain lookUp(HttpServletRequest request) {
    try {
      ServletRequestPathUtils.parseAndCache(request);
      return mappings.get().getHandler(request);
    } catch (Exception e) {
      // Wrong method, wrong media type, a path that cannot be read: the dispatcher says so to
      // callers who are known.
      return null;
    }
  }
}
