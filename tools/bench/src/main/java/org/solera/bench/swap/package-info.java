// SPDX-License-Identifier: Apache-2.0
/** Replaces bundles under load and looks for lost requests, lost objects and leaks. */
@NullMarked
package org.solera.bench.swap;

import org.jspecify.annotations.NullMarked;
