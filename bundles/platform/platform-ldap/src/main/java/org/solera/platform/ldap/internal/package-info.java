// SPDX-License-Identifier: Apache-2.0
/** Checks passwords in an LDAP directory. */
@NullMarked
package org.solera.platform.ldap.internal;

import org.jspecify.annotations.NullMarked;
