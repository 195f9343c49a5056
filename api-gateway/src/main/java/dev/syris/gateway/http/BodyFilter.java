package dev.syris.gateway.http;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Receives a body whole before anything is done with it: no larger than allowed, within the time
 * allowed, and only while there is room for it. What is forwarded is therefore complete and of
 * known length. Runs after the caller was let in.
 */
public final class BodyFilter extends OncePerRequestFilter {

  private static final int UNIT = 1024;
  private static final long WAIT_FOR_ROOM_SECONDS = 2;

  private final BodyReader reader;
  private final int maxUnits;
  private final Semaphore room;

  public BodyFilter(HttpSettings settings) {
    this.reader = new BodyReader((int) settings.maxBody().toBytes(), settings.bodyTimeout());
    this.maxUnits = units(settings.maxBody().toBytes());
    this.room = new Semaphore(units(settings.bodyMemory().toBytes()));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    if (!chunked && request.getContentLengthLong() <= 0) {
      chain.doFilter(new ReceivedBody(request, new byte[0]), response);
      return;
    }
    int needed = chunked ? maxUnits : Math.min(maxUnits, units(request.getContentLengthLong()));
    if (!roomFor(needed)) {
      Problems.write(response, busy());
      return;
    }
    try {
      forward(request, response, chain);
    } finally {
      room.release(needed);
    }
  }

  private void forward(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body;
    try {
      body = reader.read(request);
    } catch (ProblemException refused) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
      Problems.write(response, refused);
      return;
    }
    chain.doFilter(new ReceivedBody(request, body), response);
  }

  private boolean roomFor(int needed) {
    try {
      return room.tryAcquire(needed, WAIT_FOR_ROOM_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int units(long bytes) {
    return Math.toIntExact((bytes + UNIT - 1) / UNIT);
  }

  private static ProblemException busy() {
    return new ProblemException(
            CommonProblem.UNAVAILABLE,
            "gateway.busy",
            "too many bodies are being received; try again shortly")
        .header(HttpHeaders.RETRY_AFTER, "1");
  }
}
