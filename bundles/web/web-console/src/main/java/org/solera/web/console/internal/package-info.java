// SPDX-License-Identifier: Apache-2.0
/** The console: static files and the handler that serves them. */
@NullMarked
package org.solera.web.console.internal;

import org.jspecify.annotations.NullMarked;
