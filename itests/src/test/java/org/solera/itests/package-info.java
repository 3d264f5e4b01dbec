// SPDX-License-Identifier: Apache-2.0
/** Boots the distribution through its launcher and uses it as its users do. */
package org.solera.itests;
