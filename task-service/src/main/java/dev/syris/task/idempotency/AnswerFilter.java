package dev.syris.task.idempotency;

import dev.syris.contracts.id.Uuids;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Does a command with an {@code Idempotency-Key} once. What it does, and its answer, are one
 * transaction, which the command's own joins; the answer goes out when it has committed. Of two at
 * once the second waits for the first, and is answered the same. What failed is not remembered, so
 * that it can be tried again with the same key. Thread-safe.
 */
final class AnswerFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerFilter.class);
  private static final String HEADER = "Idempotency-Key";
  private static final int MAX_KEY = 255;
  private static final int MAX_BODY = 2 * 1024 * 1024;

  /** Those that know their repeats by what they start, and wait for more than a transaction. */
  private static final Set<String> THEIR_OWN = Set.of("/tasks", "/tool-calls");

  private static final List<String> KEPT_HEADERS =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG);

  private final AnswerTable table;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  AnswerFilter(AnswerTable table, TransactionTemplate transaction, InstantSource clock) {
    this.table = table;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || request.getHeader(HEADER) == null
        || THEIR_OWN.contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(HEADER);
    if (key.isBlank() || key.length() > MAX_KEY) {
      Problems.write(
          response,
          new ProblemException(
              CommonProblem.MALFORMED,
              "idempotency.bad_key",
              "the Idempotency-Key must have from 1 to %d characters".formatted(MAX_KEY)));
      return;
    }
    var asked = new ContentCachingRequestWrapper(request, MAX_BODY);
    var answer = new ContentCachingResponseWrapper(response);
    var use =
        new AnswerTable.Use(
            Caller.of(request).tokenId(), hash(key.getBytes(StandardCharsets.UTF_8)));
    try {
      transaction.executeWithoutResult(status -> once(use, asked, answer, chain, status));
    } catch (PassedOnException e) {
      throw e.servlet();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (ProblemException e) {
      answer.reset();
      Problems.write(answer, e);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("the database did not take a command: {}", e.getMessage());
      answer.reset();
      Problems.write(answer, unavailable());
    }
    answer.copyBodyToResponse();
  }

  private void once(
      AnswerTable.Use use,
      ContentCachingRequestWrapper asked,
      ContentCachingResponseWrapper answer,
      FilterChain chain,
      TransactionStatus status) {
    try {
      Optional<AnswerTable.Found> before = table.lock(use, clock.instant());
      if (before.isPresent()) {
        repeat(before.get(), content(asked), answer);
        return;
      }
      chain.doFilter(asked, answer);
      if (status.isRollbackOnly()) {
        status.setRollbackOnly(); // it was refused, and has been answered so
      } else if (answer.getStatus() < 300) {
        keep(use, asked, answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new PassedOnException(e);
    }
  }

  private void keep(
      AnswerTable.Use use, ContentCachingRequestWrapper asked, ContentCachingResponseWrapper answer)
      throws IOException {
    var headers = new LinkedHashMap<String, String>();
    for (String name : KEPT_HEADERS) {
      String value =
          name.equals(HttpHeaders.CONTENT_TYPE) ? answer.getContentType() : answer.getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    var kept = new KeptAnswer(answer.getStatus(), headers, answer.getContentAsByteArray());
    if (!table.keep(use, content(asked), asked.getRequestURI(), kept, clock.instant())) {
      throw conflict();
    }
  }

  private static void repeat(
      AnswerTable.Found before, String content, ContentCachingResponseWrapper answer)
      throws IOException {
    KeptAnswer kept = before.answer();
    if (kept == null || !before.contentHash().equals(content)) {
      throw conflict();
    }
    answer.setStatus(kept.status());
    kept.headers().forEach(answer::setHeader);
    answer.getOutputStream().write(kept.body());
  }

  /** A hash of what is asked, and of what it is asked for; reads what is left of the body. */
  private static String content(ContentCachingRequestWrapper asked) throws IOException {
    asked.getInputStream().readAllBytes();
    MessageDigest digest = Uuids.sha256();
    digest.update((asked.getRequestURI() + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(asked.getContentAsByteArray());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Uuids.sha256().digest(bytes));
  }

  private static ProblemException conflict() {
    return new ProblemException(
        CommonProblem.IDEMPOTENCY_CONFLICT,
        "the Idempotency-Key was used for another request; use a new key");
  }

  private static ProblemException unavailable() {
    return new ProblemException(
            CommonProblem.UNAVAILABLE,
            "database.unavailable",
            "the database does not answer; try again shortly with the same Idempotency-Key")
        .header(HttpHeaders.RETRY_AFTER, "1");
  }

  /** Carries what the service itself threw through the transaction. */
  private static final class PassedOnException extends RuntimeException {

    PassedOnException(ServletException cause) {
      super(cause);
    }

    ServletException servlet() {
      return (ServletException) Objects.requireNonNull(getCause());
    }
  }
}
