package dev.syris.gateway.token;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.gateway.access.Scope;
import dev.syris.platform.problem.ProblemException.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a caller asks for with {@code POST /tokens}. */
record NewToken(
    String name,
    Set<String> scopes,
    @Nullable List<String> toolScopes,
    @Nullable Instant expiresAt) {

  private static final int MAX_NAME = 100;
  private static final int MAX_TOOL_SCOPES = 100;
  private static final Pattern TOOL_SCOPE = Pattern.compile("[a-z0-9][a-z0-9_.:-]{0,99}");

  /** What reading a body gives. */
  sealed interface Reading {
    /** A wish that can be granted. */
    record Valid(NewToken token) implements Reading {}

    /** No JSON. */
    record Malformed(String reason) implements Reading {}

    /** JSON that asks for what cannot be. */
    record Invalid(List<FieldError> errors) implements Reading {}
  }

  static Reading read(byte[] body, Instant now) {
    JsonNode json;
    try {
      json = Json.strict().readTree(body);
    } catch (JacksonException e) {
      return new Reading.Malformed(e.getOriginalMessage());
    }
    var errors = new ArrayList<FieldError>();
    if (!json.isObject()) {
      return json.isMissingNode()
          ? new Reading.Malformed("the body is empty")
          : new Reading.Invalid(List.of(new FieldError("", "type", "must be an object")));
    }
    var token =
        new NewToken(
            name(json.get("name"), errors),
            scopes(json.get("scopes"), errors),
            toolScopes(json.get("tool_scopes"), errors),
            expiry(json.get("expires_at"), now, errors));
    return errors.isEmpty() ? new Reading.Valid(token) : new Reading.Invalid(List.copyOf(errors));
  }

  private static String name(@Nullable JsonNode node, List<FieldError> errors) {
    if (node == null || !node.isString()) {
      errors.add(new FieldError("/name", node == null ? "required" : "type", "must be a text"));
      return "";
    }
    String name = node.stringValue().strip();
    String fault = StorableText.fault(name);
    if (fault != null) {
      errors.add(new FieldError("/name", "text", fault));
    } else if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
      errors.add(new FieldError("/name", "length", "must have 1 to " + MAX_NAME + " characters"));
    }
    return name;
  }

  private static Set<String> scopes(@Nullable JsonNode node, List<FieldError> errors) {
    var scopes = new LinkedHashSet<String>();
    if (node == null || !node.isArray() || node.isEmpty()) {
      String code = node == null ? "required" : "type";
      errors.add(
          new FieldError("/scopes", code, "must be a list of at least one of " + Scope.names()));
      return scopes;
    }
    for (int i = 0; i < node.size(); i++) {
      String scope = node.get(i).isString() ? node.get(i).stringValue() : "";
      if (Scope.parse(scope).isEmpty()) {
        errors.add(new FieldError("/scopes/" + i, "unknown", "must be one of " + Scope.names()));
      }
      scopes.add(scope);
    }
    return scopes;
  }

  private static @Nullable List<String> toolScopes(
      @Nullable JsonNode node, List<FieldError> errors) {
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isArray() || node.size() > MAX_TOOL_SCOPES) {
      errors.add(
          new FieldError(
              "/tool_scopes", "type", "must be a list of at most " + MAX_TOOL_SCOPES + " texts"));
      return null;
    }
    var scopes = new LinkedHashSet<String>();
    for (int i = 0; i < node.size(); i++) {
      String scope = node.get(i).isString() ? node.get(i).stringValue() : "";
      if (!TOOL_SCOPE.matcher(scope).matches()) {
        errors.add(
            new FieldError("/tool_scopes/" + i, "format", "must look like timer or ha:light"));
      }
      scopes.add(scope);
    }
    return List.copyOf(scopes);
  }

  private static @Nullable Instant expiry(
      @Nullable JsonNode node, Instant now, List<FieldError> errors) {
    if (node == null || node.isNull()) {
      return null;
    }
    try {
      Instant expiry = InstantCodec.parse(node.isString() ? node.stringValue() : "");
      if (!expiry.isAfter(now)) {
        errors.add(new FieldError("/expires_at", "past", "must be in the future"));
      }
      return expiry;
    } catch (DateTimeException e) {
      errors.add(
          new FieldError(
              "/expires_at", "format", "must be an RFC 3339 time such as 2027-01-31T08:00:00Z"));
      return null;
    }
  }
}
