package dev.syris.gateway.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope a token must have for an address. An address that declares nothing refuses everything.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {

  Scope value();

  /** The query parameters the address takes, where the method does not check them itself. */
  String[] parameters() default {};

  /** True where the method checks its query parameters itself. */
  boolean checksParameters() default false;
}
