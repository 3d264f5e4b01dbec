// SPDX-License-Identifier: Apache-2.0
/** Serves the REST modules of all domains, each as an application of its own, behind the console port. */
@NullMarked
package org.solera.platform.rest.internal;

import org.jspecify.annotations.NullMarked;
