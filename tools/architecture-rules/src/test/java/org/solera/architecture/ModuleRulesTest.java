// SPDX-License-Identifier: Apache-2.0
package org.solera.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How modules are laid out, and what their bundles show. */
class ModuleRulesTest {
    private static final Set<String> TOP_LEVEL = Set.of(
            "pom.xml",
            "README.md",
            "CONTRIBUTING.md",
            "LICENSE",
            "NOTICE",
            "solera",
            "bundles",
            "hardware-profiles",
            "license-manager",
            "upgrade",
            "features",
            "appliance-image",
            "itests",
            "docs",
            "tools",
            "target");

    private static final Path ACCEPTED = House.ROOT.resolve("tools/baseline/org/solera/baseline");

    private static final Pattern PLUGIN = Pattern.compile("<plugin>(.*?)</plugin>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*(<version>)?");

    @Test
    void theTopLevelHoldsWhatTheDesignNames() throws IOException {
        try (Stream<Path> entries = Files.list(House.ROOT)) {
            assertEquals(
                    List.of(),
                    entries.map(entry -> entry.getFileName().toString())
                            .filter(name -> !name.startsWith(".") && !TOP_LEVEL.contains(name))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void everyModuleOnDiskIsBuilt() {
        List<Path> built = House.MODULES.stream().map(Module::folder).toList();
        assertEquals(
                List.of(),
                Stream.of("bundles", "hardware-profiles", "upgrade", "license-manager")
                        .flatMap(folder -> House.filesUnder(House.ROOT.resolve(folder), "bnd.bnd"))
                        .map(Path::getParent)
                        .filter(folder -> !folder.toString().contains("/target/"))
                        .filter(folder -> !built.contains(folder))
                        .toList());
    }

    @Test
    void artifactsAreNamedLikeTheirFolders() {
        assertEquals(
                List.of(),
                House.MODULES.stream()
                        .filter(module ->
                                !ownPart(module).contains("<artifactId>" + module.artifact() + "</artifactId>"))
                        .toList());
    }

    @Test
    void onlyApiBundlesExportPackages() {
        assertEquals(
                List.of(),
                bundles()
                        .filter(module ->
                                module.api() == header(module, "Export-Package").isEmpty())
                        .map(module -> module.artifact() + " exports " + header(module, "Export-Package"))
                        .toList());
    }

    @Test
    void symbolicNamesFollowTheModule() {
        assertEquals(
                List.of(),
                bundles()
                        .filter(module -> !header(module, "Bundle-SymbolicName").equals(module.rootPackage()))
                        .toList());
    }

    @Test
    void everyApiBundleIsComparedWithTheAcceptedOne() {
        List<Module> apis = House.MODULES.stream().filter(Module::api).toList();
        assertFalse(apis.isEmpty());
        assertEquals(
                List.of(),
                apis.stream()
                        .filter(module -> !ownPart(module).contains("<solera.baseline.skip>false<"))
                        .map(module -> module.artifact() + " does not set solera.baseline.skip to false")
                        .toList());
        assertEquals(
                List.of(),
                apis.stream()
                        .filter(module -> !Files.isDirectory(ACCEPTED.resolve(module.artifact())))
                        .map(module -> module.artifact() + " was never accepted; run tools/checks/accept-api.sh")
                        .toList());
    }

    @Test
    void everyPluginIsPinned() {
        String root = House.read(House.ROOT.resolve("pom.xml"));
        assertEquals(
                List.of(),
                House.MODULES.stream()
                        .flatMap(module -> plugins(ownPart(module)))
                        .distinct()
                        .filter(plugin -> !Pattern.compile("<artifactId>" + plugin + "</artifactId>\\s*<version>")
                                .matcher(root)
                                .find())
                        .toList());
    }

    /** {@return the plugins that a pom uses without saying a version itself} */
    private static Stream<String> plugins(String pom) {
        return PLUGIN.matcher(pom)
                .results()
                .map(plugin -> ARTIFACT.matcher(plugin.group(1)))
                .filter(Matcher::find)
                .filter(artifact -> artifact.group(2) == null)
                .map(artifact -> artifact.group(1));
    }

    private static String ownPart(Module module) {
        String pom = House.read(module.folder().resolve("pom.xml"));
        return pom.substring(pom.indexOf("</parent>"));
    }

    private static Stream<Module> bundles() {
        return House.MODULES.stream()
                .filter(Module::bundle)
                .filter(module -> Files.isDirectory(module.folder().resolve("src/main/java")));
    }

    private static String header(Module module, String name) {
        try (InputStream in = Files.newInputStream(module.classes().resolve("META-INF/MANIFEST.MF"))) {
            return Objects.requireNonNullElse(
                    new Manifest(in).getMainAttributes().getValue(name), "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
