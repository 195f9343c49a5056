/** The one folder everything lives in: who may use it, the credentials made at first start. */
@NullMarked
package dev.syris.standalone.data;

import org.jspecify.annotations.NullMarked;
