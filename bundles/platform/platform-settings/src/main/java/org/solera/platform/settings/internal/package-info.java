// SPDX-License-Identifier: Apache-2.0
/** Settings on Configuration Admin, checked before they are taken. */
@NullMarked
package org.solera.platform.settings.internal;

import org.jspecify.annotations.NullMarked;
