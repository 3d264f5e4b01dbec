// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.Inventory.Gpu;

/**
 * Writes what a machine has as capabilities in the notation of OSGi headers, which feature files use too. A fact that is
 * not told is left out, so that no filter can hold by it. Stateless.
 *
 * <pre>
 * solera.box;arch=x86_64;profile=generic-x86_64;cores:Long=2;memory.bytes:Long=4026531840
 * solera.gpu;index:Long=0;vendor=nvidia;device="NVIDIA L4";driver=nvidia;vulkan:Version="1.3";encoder.h264=nvenc
 * </pre>
 */
final class Capabilities {
    /** Memory is told in these steps, in bytes: a balloon that breathes must not become a change of the hardware. */
    private static final long MEMORY_STEP = 256L << 20;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

    private Capabilities() {}

    static List<String> of(Inventory box, Optional<Profile> profile) {
        List<String> capabilities = new ArrayList<>();
        capabilities.add(box(box, profile));
        for (int index = 0; index < box.gpus().size(); index++) {
            capabilities.add(gpu(box.gpus().get(index), index));
        }
        profile.ifPresent(chosen ->
                chosen.capabilities().stream().map(Capabilities::extra).forEach(capabilities::add));
        return capabilities;
    }

    private static String box(Inventory box, Optional<Profile> profile) {
        Clause clause = new Clause("solera.box");
        clause.text("arch", box.architecture());
        clause.text("profile", profile.map(Profile::name).orElse("none"));
        clause.number("cores", box.cpu().logicalCores());
        clause.number("memory.bytes", box.memoryBytes() / MEMORY_STEP * MEMORY_STEP);
        clause.text("board.vendor", box.board().vendor());
        clause.text("board.product", box.board().product());
        return clause.toString();
    }

    private static String gpu(Gpu gpu, int index) {
        Clause clause = new Clause("solera.gpu");
        clause.index(index);
        clause.text("vendor", gpu.vendor());
        clause.text("device", gpu.device());
        clause.text("driver", gpu.driver());
        clause.version("vulkan", gpu.vulkanVersion());
        for (String encoder : gpu.encoders()) {
            int at = encoder.indexOf('=');
            if (at > 0 && PLAIN.matcher(encoder.substring(0, at)).matches()) {
                clause.text("encoder." + encoder.substring(0, at), encoder.substring(at + 1));
            }
        }
        return clause.toString();
    }

    private static String extra(Profile.Extra extra) {
        Clause clause = new Clause(extra.namespace());
        new TreeMap<>(extra.attributes()).forEach((key, value) -> {
            if (value instanceof String text) {
                clause.text(key, text);
            } else {
                clause.typed(key, "Long", value.toString());
            }
        });
        return clause.toString();
    }

    /** One capability while it is written. */
    private static final class Clause {
        private final StringBuilder written;

        Clause(String namespace) {
            this.written = new StringBuilder(namespace);
        }

        void text(String key, String value) {
            if (!value.isEmpty()) {
                written.append(';').append(key).append('=').append(quoted(value));
            }
        }

        void number(String key, long value) {
            if (value > 0) {
                typed(key, "Long", Long.toString(value));
            }
        }

        void index(int value) {
            typed("index", "Long", Integer.toString(value));
        }

        void version(String key, String value) {
            if (!value.isEmpty()) {
                written.append(';')
                        .append(key)
                        .append(":Version=\"")
                        .append(value)
                        .append('"');
            }
        }

        void typed(String key, String type, String value) {
            written.append(';').append(key).append(':').append(type).append('=').append(value);
        }

        /**
         * A value of other characters than those of a plain name stands in quotes. Quotes and backslashes are left out:
         * the parsers of the notation disagree on how to escape them, and no name needs them to be found.
         */
        private static String quoted(String value) {
            if (PLAIN.matcher(value).matches()) {
                return value;
            }
            StringBuilder safe = new StringBuilder("\"");
            value.chars()
                    .filter(each -> each != '"' && each != '\\' && !Character.isISOControl(each))
                    .forEach(each -> safe.append((char) each));
            return safe.append('"').toString();
        }

        @Override
        public String toString() {
            return written.toString();
        }
    }
}
