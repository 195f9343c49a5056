/** What somebody is asked before a call is made. */
@NullMarked
package dev.syris.contracts.approval;

import org.jspecify.annotations.NullMarked;
