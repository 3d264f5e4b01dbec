// SPDX-License-Identifier: Apache-2.0
/** REST resources of people, sessions, tokens and keys. */
@NullMarked
package org.solera.platform.users.rest.internal;

import org.jspecify.annotations.NullMarked;
