// SPDX-License-Identifier: Apache-2.0
package org.solera.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tree under test: its modules as the root pom lists them, their classes and their sources. */
final class House {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /** Root of the tree. */
    static final Path ROOT = findRoot();

    /** Every module, in the order of the root pom. */
    static final List<Module> MODULES = readModules();

    /** Every main class of every module. */
    static final JavaClasses CLASSES = importClasses();

    private House() {}

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests must run inside the tree");
            }
        }
        return folder;
    }

    private static List<Module> readModules() {
        List<Module> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(read(ROOT.resolve("pom.xml")));
        while (matcher.find()) {
            Path folder = ROOT.resolve(matcher.group(1));
            modules.add(new Module(folder, folder.getFileName().toString()));
        }
        return List.copyOf(modules);
    }

    private static JavaClasses importClasses() {
        List<Path> folders =
                MODULES.stream().map(Module::classes).filter(Files::isDirectory).toList();
        return new ClassFileImporter()
                .withImportOption(location -> location.contains("/target/classes/org/solera/"))
                .importPaths(folders);
    }

    /** {@return the module that a class belongs to, if it is one of ours} */
    static Optional<Module> moduleOf(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return MODULES.stream()
                .filter(module -> module.claims(name))
                .max(Comparator.comparingInt(module -> module.rootPackage().length()));
    }

    /** {@return whether a class belongs to a tool, which is not part of the appliance} */
    static boolean tool(JavaClass type) {
        return moduleOf(type)
                .map(module -> module.folder().startsWith(ROOT.resolve("tools")))
                .orElse(false);
    }

    /** {@return every Java file of every module, main and test} */
    static List<Path> javaFiles() {
        return MODULES.stream()
                .flatMap(module -> filesUnder(module.folder().resolve("src"), ".java"))
                .toList();
    }

    /** {@return the files below a folder whose names end in {@code suffix}, sorted; none if there is no such folder} */
    static Stream<Path> filesUnder(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(suffix))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** {@return the text of a file, byte by byte: rules look for plain words, and some test files are no text} */
    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
