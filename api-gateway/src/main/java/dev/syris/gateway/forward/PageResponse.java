package dev.syris.gateway.forward;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** Puts what a page says of itself in place of what the gateway says of every answer. */
final class PageResponse extends HttpServletResponseWrapper {

  PageResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void addHeader(String name, String value) {
    if (ForwardedHeaders.ofPage(name)) {
      setHeader(name, value);
    } else {
      super.addHeader(name, value);
    }
  }
}
