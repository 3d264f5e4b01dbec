// SPDX-License-Identifier: Apache-2.0
/** The administrator account, access keys, the certificate, and the one login of REST and shell. */
@NullMarked
package org.solera.platform.security.internal;

import org.jspecify.annotations.NullMarked;
