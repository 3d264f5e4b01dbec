// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.rest.internal;

import java.util.List;
import java.util.Map;
import org.solera.hardware.api.HardwareService;

/**
 * Wire form of the profile in force and of why it is.
 *
 * @param name its name; {@code none} when no profile fits
 * @param description what it is for, by language tag
 * @param matches every known profile, the one in force first
 * @param capabilities what this box offers to the resolver
 * @param tuning the settings that the profile tunes and what came of them
 * @param problems what does not work as it should, one sentence each
 */
public record ProfileDto(
        String name,
        Map<String, String> description,
        List<MatchDto> matches,
        List<String> capabilities,
        List<TuningDto> tuning,
        List<String> problems) {
    /** Wire form of a profile and why it fits or not. */
    public record MatchDto(String profile, boolean matches, int specificity, List<String> reasons) {}

    /** Wire form of a tuned setting; {@code state} is a name of {@link HardwareService.TuningState}. */
    public record TuningDto(String pid, String key, String wanted, String found, String state) {}

    public ProfileDto {
        description = Map.copyOf(description);
        matches = List.copyOf(matches);
        capabilities = List.copyOf(capabilities);
        tuning = List.copyOf(tuning);
        problems = List.copyOf(problems);
    }

    /** {@return the wire form of what the service says now} */
    static ProfileDto of(HardwareService hardware) {
        return new ProfileDto(
                hardware.profile(),
                hardware.description(),
                hardware.matches().stream()
                        .map(each -> new MatchDto(each.profile(), each.matches(), each.specificity(), each.reasons()))
                        .toList(),
                hardware.capabilities(),
                hardware.tuning().stream()
                        .map(each -> new TuningDto(
                                each.pid(),
                                each.key(),
                                each.wanted(),
                                each.found(),
                                each.state().name()))
                        .toList(),
                hardware.problems());
    }
}
