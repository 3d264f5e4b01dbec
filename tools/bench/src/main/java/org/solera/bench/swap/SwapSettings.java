// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.time.Duration;
import java.util.List;
import org.solera.bench.Options;

/**
 * How large a run is.
 *
 * @param artifacts bundles that are replaced, by their artifact names
 * @param rounds how often each is replaced
 * @param clients clients of the load
 * @param warmUp how long the load runs before anything is measured
 * @param quiet how long the load runs after that and before the first swap
 * @param everyDefectEverywhere whether each bundle is broken in every way, or each way is tried on one bundle only
 */
public record SwapSettings(
        List<String> artifacts,
        int rounds,
        int clients,
        Duration warmUp,
        Duration quiet,
        boolean everyDefectEverywhere) {
    public SwapSettings {
        artifacts = List.copyOf(artifacts);
    }

    /**
     * {@return the settings of a command line}
     *
     * @param bundles artifact names that are replaced if the command line names none
     * @param rounds how often if it says nothing
     */
    public static SwapSettings from(Options options, List<String> bundles, int rounds) {
        String names = options.values().getOrDefault("bundles", String.join(",", bundles));
        return new SwapSettings(
                List.of(names.split(",")),
                options.number("rounds", rounds),
                options.number("clients", 16),
                Duration.ofSeconds(15),
                Duration.ofSeconds(options.number("seconds", 30)),
                !options.values().getOrDefault("broken", "all").equals("few"));
    }
}
