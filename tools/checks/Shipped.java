// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells what an assembled distribution ships: every archive, also archives within archives, with its Maven coordinates, its
 * SHA-256 and its license. The distribution is the source of truth, not the dependency tree of the build, which names much
 * that does not ship and misses what features bring.
 *
 * <p>Run by {@code tools/checks/sbom.sh} and {@code dependencies.sh}: {@code java Shipped.java list|sbom ASSEMBLY-FOLDER}.
 */
final class Shipped {
    private static final String UNKNOWN = "unknown";
    private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(\\d[\\w.+-]*)\\.jar");
    private static final Pattern POM_LICENSES = Pattern.compile("<licenses>(.*?)</licenses>", Pattern.DOTALL);
    private static final Pattern POM_NAME = Pattern.compile("<name>\\s*([^<]+?)\\s*</name>");
    private static final Pattern POM_DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern POM_PARENT = Pattern.compile("<parent>(.*?)</parent>", Pattern.DOTALL);

    /** Words by which the usual licenses are recognised, most telling first, and their SPDX identifiers. */
    private static final List<Map.Entry<Pattern, String>> SPDX = List.of(
            Map.entry(word("apache.*2"), "Apache-2.0"),
            Map.entry(word("epl-2|epl-v20|eclipse public license.*2|eclipse\\.org/legal/epl-2"), "EPL-2.0"),
            Map.entry(word("epl-1|epl-v10|eclipse public license"), "EPL-1.0"),
            Map.entry(word("edl|eclipse distribution"), "BSD-3-Clause"),
            Map.entry(word("lgpl.*2\\.1|lesser.*2\\.1"), "LGPL-2.1-or-later"),
            Map.entry(word("cddl.*1\\.1|javaee/javax\\.annotation"), "CDDL-1.1"),
            Map.entry(word("cddl"), "CDDL-1.0"),
            Map.entry(word("bsd.*2|simplified bsd"), "BSD-2-Clause"),
            Map.entry(word("bsd"), "BSD-3-Clause"),
            Map.entry(word("bouncy ?castle|\\bmit\\b"), "MIT"),
            Map.entry(word("public domain|cc0"), "CC0-1.0"));

    /**
     * One archive.
     *
     * @param group Maven group
     * @param artifact Maven artifact
     * @param version its version
     * @param classifier its classifier; empty when there is none
     * @param sha256 lower-case hex; empty when its content was merged into another archive
     * @param license SPDX identifier, or the words of its maker, or {@code unknown}
     */
    record Archive(
            String group, String artifact, String version, String classifier, String sha256, String license) {
        String coordinates() {
            return group + ":" + artifact + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
        }
    }

    /** Coordinates of an archive; the classifier is empty when there is none. */
    private record Origin(String group, String artifact, String version, String classifier) {}

    private final Path assembly;
    private final Map<String, Archive> archives = new TreeMap<>();

    private Shipped(Path assembly) {
        this.assembly = assembly;
    }

    public static void main(String[] arguments) throws IOException {
        Shipped shipped = new Shipped(Path.of(arguments[1]));
        shipped.read();
        List<Archive> all = List.copyOf(shipped.archives.values());
        System.out.print(arguments[0].equals("sbom") ? sbom(all) : list(all));
    }

    private void read() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String folder : List.of("system", "lib")) {
            try (Stream<Path> files = Files.walk(assembly.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        }
        for (Path jar : jars) {
            add(jar.getFileName().toString(), Files.readAllBytes(jar), coordinatesOf(jar));
        }
    }

    private Optional<Origin> coordinatesOf(Path jar) {
        Path relative = assembly.relativize(jar);
        if (!relative.startsWith("system")) {
            return Optional.empty();
        }
        int count = relative.getNameCount();
        String artifact = relative.getName(count - 3).toString();
        String version = relative.getName(count - 2).toString();
        String classifier = jar.getFileName().toString().replace(artifact + "-" + version, "").replace(".jar", "");
        return Optional.of(new Origin(
                relative.subpath(1, count - 3).toString().replace(File.separatorChar, '.'),
                artifact,
                version,
                classifier.isEmpty() ? "" : classifier.substring(1)));
    }

    private void add(String name, byte[] content, Optional<Origin> known) throws IOException {
        List<Origin> inside = new ArrayList<>();
        List<Origin> merged = new ArrayList<>();
        String license = UNKNOWN;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(content))) {
            Manifest manifest = jar.getManifest();
            String named = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-License");
            license = named == null ? UNKNOWN : spdx(named);
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                String path = entry.getName();
                if (path.startsWith("META-INF/maven/") && path.endsWith("/pom.properties")) {
                    Properties properties = new Properties();
                    properties.load(jar);
                    inside.add(new Origin(
                            properties.getProperty("groupId", UNKNOWN),
                            properties.getProperty("artifactId", UNKNOWN),
                            properties.getProperty("version", UNKNOWN),
                            ""));
                } else if (path.startsWith("META-INF/maven/org.solera/") && path.endsWith("/pom.xml")) {
                    merged.addAll(mergedInto(new String(jar.readAllBytes(), StandardCharsets.UTF_8)));
                } else if (path.endsWith(".jar")) {
                    add(path.substring(path.lastIndexOf('/') + 1), jar.readAllBytes(), Optional.empty());
                }
            }
        }
        Origin origin = known.or(() -> named(inside, name)).or(() -> ours(inside)).orElseGet(() -> fromName(name));
        if (known.isEmpty()) { // a program of ours within a bundle: one archive with all that it needs
            for (Origin each : merged) {
                put(each, "", licenseOfPom(each.group(), each.artifact(), each.version(), 0));
            }
        }
        if (license.equals(UNKNOWN)) {
            license = licenseOfPom(origin.group(), origin.artifact(), origin.version(), 0);
        }
        put(origin, sha256(content), license);
    }

    private void put(Origin origin, String sha256, String license) {
        Archive archive =
                new Archive(origin.group(), origin.artifact(), origin.version(), origin.classifier(), sha256, license);
        archives.put(archive.coordinates(), archive);
    }

    /** {@return what a program of ours merges into its archive: the dependencies of its pom that are not given to it} */
    private static List<Origin> mergedInto(String pom) throws IOException {
        List<Origin> merged = new ArrayList<>();
        String properties = Files.readString(Path.of("pom.xml"));
        for (var dependency : POM_DEPENDENCY.matcher(pom).results().toList()) {
            String text = dependency.group(1);
            String version = value(text, "version");
            boolean ours = value(text, "groupId").equals("org.solera");
            if (!ours && !version.equals(UNKNOWN) && !text.matches("(?s).*<scope>(provided|test)</scope>.*")) {
                String resolved = version.startsWith("${")
                        ? value(properties, version.substring(2, version.length() - 1))
                        : version;
                merged.add(new Origin(value(text, "groupId"), value(text, "artifactId"), resolved, ""));
            }
        }
        return merged;
    }

    private static Optional<Origin> ours(List<Origin> inside) {
        return inside.stream().filter(origin -> origin.group().equals("org.solera")).findFirst();
    }

    private static Optional<Origin> named(List<Origin> inside, String name) {
        return inside.stream()
                .filter(origin -> name.startsWith(origin.artifact() + "-" + origin.version()))
                .findFirst();
    }

    private static Origin fromName(String name) {
        Matcher matcher = FILE_NAME.matcher(name);
        return matcher.matches()
                ? new Origin(groupInRepository(matcher.group(1), matcher.group(2)), matcher.group(1), matcher.group(2), "")
                : new Origin(UNKNOWN, name, UNKNOWN, "");
    }

    private static Path repository() {
        return Path.of(System.getProperty("user.home"), ".m2", "repository");
    }

    private static String groupInRepository(String artifact, String version) {
        Path end = Path.of(artifact, version);
        try (Stream<Path> folders = Files.walk(repository(), 8)) {
            return folders.filter(folder -> folder.endsWith(end))
                    .map(folder -> repository().relativize(folder.getParent().getParent()).toString())
                    .map(group -> group.replace(File.separatorChar, '.'))
                    .sorted()
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
    }

    private static String licenseOfPom(String group, String artifact, String version, int depth) throws IOException {
        Path pom = repository()
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
        if (depth > 8 || !Files.exists(pom)) {
            return UNKNOWN;
        }
        String text = Files.readString(pom);
        Matcher licenses = POM_LICENSES.matcher(text);
        if (licenses.find()) {
            List<String> names = new ArrayList<>();
            POM_NAME.matcher(licenses.group(1)).results().forEach(name -> names.add(spdx(name.group(1))));
            return names.isEmpty() ? UNKNOWN : String.join(" OR ", names);
        }
        Matcher parent = POM_PARENT.matcher(text);
        return parent.find()
                ? licenseOfPom(
                        value(parent.group(1), "groupId"),
                        value(parent.group(1), "artifactId"),
                        value(parent.group(1), "version"),
                        depth + 1)
                : UNKNOWN;
    }

    private static String value(String xml, String element) {
        Matcher matcher =
                Pattern.compile("<" + element + ">\\s*([^<]+?)\\s*</" + element + ">").matcher(xml);
        return matcher.find() ? matcher.group(1) : UNKNOWN;
    }

    private static Pattern word(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    private static String spdx(String words) {
        return SPDX.stream()
                .filter(each -> each.getKey().matcher(words).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(words.replaceAll("\\s+", " ").strip());
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@return one line for each archive: coordinates and license; no hashes, which change with every commit} */
    private static String list(List<Archive> archives) {
        StringBuilder text = new StringBuilder("# What the distribution ships. Written by tools/checks/dependencies.sh.\n");
        for (Archive archive : archives) {
            text.append("%s  %s%n".formatted(archive.coordinates(), archive.license()));
        }
        return text.toString();
    }

    /** {@return a CycloneDX document; its serial number is a digest of its content, so equal content gives equal bytes} */
    private static String sbom(List<Archive> archives) {
        StringBuilder components = new StringBuilder();
        for (Archive archive : archives) {
            components.append(components.length() == 0 ? "\n" : ",\n").append(component(archive));
        }
        UUID serial = UUID.nameUUIDFromBytes(components.toString().getBytes(StandardCharsets.UTF_8));
        return """
                {
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.5",
                  "serialNumber": "urn:uuid:%s",
                  "version": 1,
                  "metadata": {
                    "component": {"type": "application", "group": "org.solera", "name": "solera", "version": "1.0.0"}
                  },
                  "components": [%s
                  ]
                }
                """.formatted(serial, components);
    }

    private static String component(Archive archive) {
        String purl = "pkg:maven/%s/%s@%s?%stype=jar"
                .formatted(
                        archive.group(),
                        archive.artifact(),
                        archive.version(),
                        archive.classifier().isEmpty() ? "" : "classifier=" + archive.classifier() + "&");
        return """
                    {
                      "type": "library",
                      "bom-ref": %s,
                      "group": %s,
                      "name": %s,
                      "version": %s,
                      "hashes": %s,
                      "licenses": %s,
                      "purl": %s
                    }""".formatted(
                quoted(purl),
                quoted(archive.group()),
                quoted(archive.artifact()),
                quoted(archive.version()),
                archive.sha256().isEmpty()
                        ? "[]"
                        : "[{\"alg\": \"SHA-256\", \"content\": \"" + archive.sha256() + "\"}]",
                licenses(archive.license()),
                quoted(purl));
    }

    private static String licenses(String license) {
        if (license.equals(UNKNOWN)) {
            return "[]";
        }
        String identifier = "([A-Za-z0-9.-]+-[0-9][A-Za-z0-9.-]*|MIT)";
        if (license.matches(identifier)) {
            return "[{\"license\": {\"id\": %s}}]".formatted(quoted(license));
        }
        return license.matches(identifier + "( OR " + identifier + ")+")
                ? "[{\"expression\": %s}]".formatted(quoted(license))
                : "[{\"license\": {\"name\": %s}}]".formatted(quoted(license));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
