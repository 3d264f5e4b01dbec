// SPDX-License-Identifier: Apache-2.0
/** All long operations in one place. */
@NullMarked
package org.solera.platform.operations.internal;

import org.jspecify.annotations.NullMarked;
