package dev.syris.gateway.http;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Reads a body up to a size and a time. The server's own timeout bounds each single read. */
final class BodyReader {

  private static final int CHUNK = 16 * 1024;

  private final int maxBytes;
  private final Duration timeout;

  BodyReader(int maxBytes, Duration timeout) {
    this.maxBytes = maxBytes;
    this.timeout = timeout;
  }

  byte[] read(HttpServletRequest request) throws IOException {
    long announced = request.getContentLengthLong();
    if (announced > maxBytes) {
      throw tooLarge();
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    var body = new ByteArrayOutputStream(announced > 0 ? (int) announced : CHUNK);
    var chunk = new byte[CHUNK];
    InputStream in = request.getInputStream();
    for (int read = next(in, chunk); read >= 0; read = next(in, chunk)) {
      if (body.size() + read > maxBytes) {
        throw tooLarge();
      }
      body.write(chunk, 0, read);
      if (System.nanoTime() - deadline > 0) {
        throw tooSlow();
      }
    }
    return body.toByteArray();
  }

  private int next(InputStream in, byte[] chunk) throws IOException {
    try {
      return in.read(chunk);
    } catch (SocketTimeoutException e) {
      throw tooSlow();
    } catch (IOException e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        throw tooSlow();
      }
      throw new ProblemException(
          CommonProblem.MALFORMED, "body.broken", "the body ended or broke before it was whole");
    }
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        CommonProblem.TOO_LARGE,
        "body.too_large",
        "a body may have at most " + maxBytes + " bytes");
  }

  private ProblemException tooSlow() {
    return new ProblemException(
        GatewayProblem.TOO_SLOW,
        "body.too_slow",
        "a body must arrive within " + timeout.toSeconds() + " s");
  }
}
