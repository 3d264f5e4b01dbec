// SPDX-License-Identifier: Apache-2.0
package org.solera.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * One module of the build.
 *
 * @param folder its folder
 * @param artifact its artifact, which is the name of its folder
 */
record Module(Path folder, String artifact) {
    private static final Set<String> EDGES =
            Set.of("s3", "kodo", "rtmp", "http", "rtc", "rest", "shell", "metrics", "console", "player", "oidc");

    /** {@return the package under which all its classes are} */
    String rootPackage() {
        return "org.solera." + artifact.replace('-', '.');
    }

    /** {@return the last word of its name} */
    String role() {
        return artifact.substring(artifact.lastIndexOf('-') + 1);
    }

    /** {@return whether others may use its exported packages} */
    boolean api() {
        return role().equals("api");
    }

    /** {@return whether it speaks a protocol to people or programs outside} */
    boolean edge() {
        return EDGES.contains(role());
    }

    /** {@return whether it is an OSGi bundle} */
    boolean bundle() {
        return Files.exists(folder.resolve("bnd.bnd"));
    }

    /** {@return its compiled main classes} */
    Path classes() {
        return folder.resolve("target/classes");
    }

    /** {@return whether this is the program that {@code owner} runs as its worker; the two share the package {@code wire}} */
    boolean workerOf(Module owner) {
        return artifact.equals(owner.artifact() + "-worker");
    }

    /** {@return whether a class of this name belongs to it, unless a module with a longer name claims it} */
    boolean claims(String className) {
        return className.startsWith(rootPackage() + ".");
    }
}
