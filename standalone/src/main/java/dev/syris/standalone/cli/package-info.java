/** The command line: what a person types, and what is printed. */
@NullMarked
package dev.syris.standalone.cli;

import org.jspecify.annotations.NullMarked;
