package dev.syris.gateway.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A request whose body is here in whole. Its parameters are those of the query: a form is a body
 * like any other.
 */
public final class ReceivedBody extends HttpServletRequestWrapper {

  private final byte[] body;
  private final ServletInputStream stream;

  ReceivedBody(HttpServletRequest request, byte[] body) {
    super(request);
    this.body = body;
    this.stream = new Bytes(body);
  }

  /** The body of a request that came through the filter. */
  public static byte[] of(HttpServletRequest request) {
    if (request instanceof ReceivedBody received) {
      return received.body;
    }
    throw new IllegalStateException("this request did not pass the body filter");
  }

  @Override
  public ServletInputStream getInputStream() {
    return stream;
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  private static final class Bytes extends ServletInputStream {

    private final ByteArrayInputStream in;

    Bytes(byte[] body) {
      this.in = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return in.read(bytes, offset, length);
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the body is here already");
    }
  }
}
