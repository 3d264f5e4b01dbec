// SPDX-License-Identifier: Apache-2.0
/** Signs people in by OpenID Connect. */
@NullMarked
package org.solera.platform.oidc.internal;

import org.jspecify.annotations.NullMarked;
