package dev.syris.gateway.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An address that anyone may ask for who passes the Host and Origin checks; a valid token is noted
 * all the same.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Open {

  /** Why it is open. */
  String because();

  /** True where query parameters are for somebody else to judge; none are taken otherwise. */
  boolean anyParameters() default false;

  /**
   * True where a link on somebody else's page may lead here; it then is shown, and does nothing.
   */
  boolean mayBeLinked() default false;
}
