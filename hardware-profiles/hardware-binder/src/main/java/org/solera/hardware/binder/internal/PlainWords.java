// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.binder.internal.LdapFilter.And;
import org.solera.hardware.binder.internal.LdapFilter.Compare;

/** Says in plain words why a feature is off: what it needs, what this box has instead, and what can be done. Stateless. */
final class PlainWords {
    private static final int RAW_LIMIT = 600; // characters of the resolver's own words

    private PlainWords() {}

    /**
     * Explains a refusal.
     *
     * @param feature the feature that is off
     * @param resolver what the resolver says
     * @param box the machine
     * @param profile name of the profile in force
     */
    static String explain(String feature, String resolver, Inventory box, String profile) {
        Optional<MissingRequirement> missing = MissingRequirement.innermost(resolver);
        if (missing.isEmpty()) {
            return "%s is off: the resolver refuses it. It says: %s".formatted(feature, shortened(resolver));
        }
        MissingRequirement requirement = missing.get();
        Optional<LdapFilter> filter = LdapFilter.parse(requirement.filter());
        String owner = requirement.owner().split("/", 2)[0];
        String who = owner.equals(feature) || owner.equals("root") ? "" : "its part " + owner + " ";
        String need = switch (requirement.namespace()) {
            case "solera.gpu" ->
                "needs a GPU%s; %s (profile %s). %s".formatted(with(filter), gpus(box), profile, addGpu(feature));
            case "solera.box" ->
                "needs a box%s; this one has %s (profile %s). Run it on such a box."
                        .formatted(with(filter), boxFacts(box), profile);
            case "solera.entitlement" ->
                "needs a license%s; none that is in force here covers it. Install such a license."
                        .formatted(with(filter, " for an entitlement with "));
            default -> generic(requirement, filter);
        };
        return "%s is off: %s%s".formatted(feature, who, need);
    }

    private static String with(Optional<LdapFilter> filter) {
        return with(filter, " with ");
    }

    private static String with(Optional<LdapFilter> filter, String word) {
        return filter.map(known -> word + FilterWords.of(known)).orElse("");
    }

    private static String gpus(Inventory box) {
        if (box.gpus().isEmpty()) {
            return "this box has none";
        }
        List<String> gpus = box.gpus().stream().map(BoxWords::gpu).toList();
        return "this box has only " + String.join(", ", gpus);
    }

    private static String addGpu(String feature) {
        return feature.contains("render") ? "Add such a GPU, or use software rendering." : "Add such a GPU.";
    }

    private static String boxFacts(Inventory box) {
        String architecture = box.architecture().isEmpty() ? "not told" : box.architecture();
        return "architecture %s, %s".formatted(architecture, BoxWords.summary(box));
    }

    private static String generic(MissingRequirement requirement, Optional<LdapFilter> filter) {
        String namespace = requirement.namespace();
        return switch (namespace) {
            case "osgi.wiring.package" ->
                "needs the Java package %s; nothing here offers it. Install the bundle that does."
                        .formatted(subject(filter, namespace));
            case "osgi.wiring.bundle", "osgi.wiring.host" ->
                "needs the bundle %s; it is not here. Install it.".formatted(subject(filter, namespace));
            case "osgi.identity" ->
                "needs %s; no feature repository that is known here has it. Add the repository that does."
                        .formatted(subject(filter, namespace));
            case "osgi.ee" ->
                "needs a Java runtime with %s; this one is %s. Run it on such a runtime."
                        .formatted(
                                filter.map(FilterWords::of).orElse("another level"),
                                Runtime.version().feature());
            case "osgi.service" ->
                "needs the service %s; nothing installed offers it. Install the feature that does."
                        .formatted(subject(filter, "objectClass"));
            default ->
                "needs the capability %s%s; nothing here offers it. Install what does."
                        .formatted(namespace, with(filter));
        };
    }

    /** {@return the value that names the thing asked for, then the rest of the filter in words} */
    private static String subject(Optional<LdapFilter> filter, String attribute) {
        if (filter.isEmpty()) {
            return "that its requirement names";
        }
        List<LdapFilter> parts = filter.get() instanceof And and ? and.parts() : List.of(filter.get());
        String name = parts.stream()
                .filter(part -> isName(part, attribute))
                .map(part -> ((Compare) part).value())
                .findFirst()
                .orElse("");
        if (name.isEmpty()) {
            return "with " + FilterWords.of(filter.get());
        }
        List<LdapFilter> others = parts.stream()
                .filter(part -> !isName(part, attribute) && !isNoise(part))
                .toList();
        return others.isEmpty() ? name : name + ", " + FilterWords.of(new And(others));
    }

    private static boolean isName(LdapFilter part, String attribute) {
        return part instanceof Compare compare
                && compare.attribute().equals(attribute)
                && compare.operator().equals("=");
    }

    /** What every requirement of a feature says and no reader needs. */
    private static boolean isNoise(LdapFilter part) {
        return part instanceof Compare compare
                && Set.of("type", "effective", "bundle-symbolic-name").contains(compare.attribute());
    }

    private static String shortened(String words) {
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() <= RAW_LIMIT ? line : line.substring(0, RAW_LIMIT) + " …";
    }
}
