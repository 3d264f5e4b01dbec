// SPDX-License-Identifier: Apache-2.0
/** Clients of the appliance that repeat nothing silently: HTTP over one socket, S3, REST, signed downloads. */
@NullMarked
package org.solera.bench.client;

import org.jspecify.annotations.NullMarked;
