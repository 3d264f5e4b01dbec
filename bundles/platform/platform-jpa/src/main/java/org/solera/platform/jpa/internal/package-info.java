// SPDX-License-Identifier: Apache-2.0
/** Keeps the rows of people, operations and notices by JPA. */
@NullMarked
package org.solera.platform.jpa.internal;

import org.jspecify.annotations.NullMarked;
