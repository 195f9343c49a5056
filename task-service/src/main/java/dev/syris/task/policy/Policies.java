package dev.syris.task.policy;

/** The policy that holds now; a call is judged by one version of it from beginning to end. */
@FunctionalInterface
public interface Policies {
  Policy current();
}
