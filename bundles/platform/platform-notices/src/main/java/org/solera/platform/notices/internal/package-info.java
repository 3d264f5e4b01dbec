// SPDX-License-Identifier: Apache-2.0
/** Looks at figures and health, and tells people what needs attention. */
@NullMarked
package org.solera.platform.notices.internal;

import org.jspecify.annotations.NullMarked;
