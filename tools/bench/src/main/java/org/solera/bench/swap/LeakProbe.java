// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solera.bench.appliance.Polling;
import org.solera.bench.appliance.ProcessTable;
import org.solera.bench.appliance.Program;

/** Looks into a running appliance with {@code jcmd}: class loaders after a collection, threads, open files. */
final class LeakProbe {
    /**
     * Java 17 remembers the last record class whose {@code equals} was linked, in the one place {@code
     * java.lang.runtime.ObjectMethods.OBJECT_EQ.asTypeCache}; when that record was of a replaced bundle, its class loader
     * stays until the next such link. It is one however often bundles are replaced.
     */
    static final int HELD_BY_JAVA = 1;

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final Duration COLLECTION_LIMIT = Duration.ofSeconds(60);
    private static final Pattern LOADER =
            Pattern.compile("^[ |+-]*\\+-- +(?:\"[^\"]*\" *,? *)?\\S*BundleClassLoader\\S*.*$", Pattern.MULTILINE);

    private final long pid;

    LeakProbe(long pid) {
        this.pid = pid;
    }

    /** {@return how many class loaders hold classes of each package, after a full collection} */
    Map<String, Integer> loaders(Iterable<String> packages) throws IOException, InterruptedException {
        jcmd("GC.run");
        String tree = jcmd("VM.classloaders", "show-classes=true");
        Map<String, Integer> counts = new TreeMap<>();
        for (String name : packages) {
            counts.put(name, count(tree, name));
        }
        return counts;
    }

    /**
     * {@return how many class loaders hold classes of each package, once at most {@value #HELD_BY_JAVA} of them all is
     * superfluous, or when a minute has passed}
     */
    Map<String, Integer> settledLoaders(Iterable<String> packages) throws IOException, InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        Polling.within(COLLECTION_LIMIT, () -> {
            counts.putAll(loaders(packages));
            return superfluous(counts) <= HELD_BY_JAVA;
        });
        return counts;
    }

    /** {@return how many class loaders there are beyond one for each package} */
    static int superfluous(Map<String, Integer> loaders) {
        return loaders.values().stream().mapToInt(n -> Math.max(0, n - 1)).sum();
    }

    /** {@return threads, files and memory of the process now} */
    ProcessTable.Usage usage() throws IOException {
        return ProcessTable.usage(pid);
    }

    /** {@return how many loaders in the output of {@code VM.classloaders} list a class of the package} */
    static int count(String tree, String packageName) {
        Matcher loader = LOADER.matcher(tree);
        int count = 0;
        int from = -1;
        while (loader.find()) {
            if (from >= 0 && holds(tree.substring(from, loader.start()), packageName)) {
                count++;
            }
            from = loader.end();
        }
        return from >= 0 && holds(tree.substring(from), packageName) ? count + 1 : count;
    }

    private static boolean holds(String section, String packageName) {
        return section.contains(" " + packageName + ".");
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        return Program.named("jcmd")
                .arguments(Long.toString(pid))
                .arguments(command)
                .run(COMMAND_LIMIT)
                .orFail("jcmd " + command[0])
                .output();
    }
}
