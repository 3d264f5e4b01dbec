// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import java.nio.file.Path;

/**
 * What a benchmark works with.
 *
 * @param repository root of the source tree, where the launcher is
 * @param scratch an empty folder that is deleted afterwards
 * @param options the command line
 * @param report where figures go
 */
public record BenchContext(Path repository, Path scratch, Options options, Report report) {}
