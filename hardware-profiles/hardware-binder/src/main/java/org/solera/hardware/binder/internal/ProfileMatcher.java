// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.Inventory.Gpu;
import org.solera.hardware.api.ProfileMatch;

/**
 * Finds the profile of a machine: of those whose conditions all hold the one with the most conditions; of equal ones the
 * one that was added on this box, then the first by name. Stateless.
 */
final class ProfileMatcher {
    private ProfileMatcher() {}

    /**
     * What came of matching.
     *
     * @param chosen the profile in force
     * @param matches every profile and why, the one in force first, then those that fit, the most special first
     */
    record Outcome(Optional<Profile> chosen, List<ProfileMatch> matches) {
        Outcome {
            matches = List.copyOf(matches);
        }
    }

    private record Ranked(Profile profile, ProfileMatch match) {}

    private static final Comparator<Ranked> ORDER = Comparator.comparing(
                    (Ranked each) -> !each.match().matches())
            .thenComparing(each -> -each.match().specificity())
            .thenComparing(each -> !each.profile().added())
            .thenComparing(each -> each.profile().name());

    /**
     * Matches profiles with a machine.
     *
     * @param forced name of a profile that is in force whether it fits or not; empty for none
     */
    static Outcome match(List<Profile> profiles, Inventory box, String forced) {
        List<Ranked> ranked = profiles.stream()
                .map(profile -> new Ranked(profile, judge(profile, box, forced)))
                .sorted(ORDER)
                .toList();
        Optional<Ranked> chosen = ranked.stream()
                .filter(each -> each.profile().name().equals(forced))
                .findFirst()
                .or(() -> ranked.stream().filter(each -> each.match().matches()).findFirst());
        List<ProfileMatch> matches = new ArrayList<>();
        chosen.ifPresent(first -> matches.add(first.match()));
        ranked.stream()
                .filter(each -> chosen.filter(first -> first == each).isEmpty())
                .forEach(each -> matches.add(each.match()));
        return new Outcome(chosen.map(Ranked::profile), matches);
    }

    private static ProfileMatch judge(Profile profile, Inventory box, String forced) {
        List<String> reasons = new ArrayList<>();
        if (profile.name().equals(forced)) {
            reasons.add("In force because the configuration says so.");
        }
        boolean fits = true;
        List<Gpu> candidates = box.gpus(); // those that meet every condition on a GPU so far
        for (Condition condition : profile.match()) {
            boolean holds;
            if (condition.fact().ofGpu()) {
                List<Gpu> left = candidates.stream()
                        .filter(gpu -> condition.holds(condition.fact().of(gpu)))
                        .toList();
                holds = !left.isEmpty();
                reasons.add(gpuReason(condition, holds, candidates, box));
                candidates = left;
            } else {
                List<String> values = condition.fact().of(box);
                holds = condition.holds(values);
                reasons.add(reason(condition, holds, values, box));
            }
            fits &= holds;
        }
        return new ProfileMatch(profile.name(), fits, profile.match().size(), reasons);
    }

    private static String gpuReason(Condition condition, boolean holds, List<Gpu> candidates, Inventory box) {
        if (holds) {
            return "For: a GPU has " + condition.wanted() + ".";
        }
        String found;
        if (box.gpus().isEmpty()) {
            found = "this box has none";
        } else if (candidates.isEmpty()) {
            found = "none of this box met the conditions before";
        } else {
            found = "found "
                    + String.join(", ", candidates.stream().map(BoxWords::gpu).toList());
        }
        return "Against: needs a GPU with %s; %s.".formatted(condition.wanted(), found);
    }

    private static String reason(Condition condition, boolean holds, List<String> values, Inventory box) {
        if (holds) {
            return "For: has " + condition.wanted() + ".";
        }
        return "Against: needs %s; %s.".formatted(condition.wanted(), BoxWords.has(condition.fact(), values, box));
    }
}
