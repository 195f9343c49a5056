package dev.syris.pipeline.fastpath;

import java.math.BigDecimal;

/** The smallest parts of a spoken duration. */
sealed interface Lexeme {

  record Number(BigDecimal value) implements Lexeme {}

  record Unit(long seconds) implements Lexeme {}

  /** Words with a meaning of their own; {@code A} also stands for {@code an}. */
  enum Word implements Lexeme {
    A,
    AND,
    OF,
    HALF,
    QUARTER
  }
}
