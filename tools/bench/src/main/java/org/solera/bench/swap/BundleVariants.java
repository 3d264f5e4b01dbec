// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** Makes other versions of a bundle from the shipped one: the same with a higher number, or a broken one. */
public final class BundleVariants {
    // By name: these classes extend types that only exist inside the appliance.
    private static final String ACTIVATOR = "org.solera.bench.broken.ThrowingActivator";
    private static final String COMPONENT = "org.solera.bench.broken.ThrowingComponent";
    private static final String HEALTH_CHECK = "org.solera.bench.broken.FailingHealthCheck";
    private static final String HEALTH_XML = "OSGI-INF/org.solera.bench.broken.FailingHealthCheck.xml";
    private static final Pattern IMPLEMENTATION = Pattern.compile("<implementation class=\"[^\"]*\"\\s*/>");
    private static final Pattern REFERENCE = Pattern.compile("<reference [^>]*/>");
    private static final Pattern LIFE_CYCLE = Pattern.compile(" (init|activate|deactivate|modified)=\"[^\"]*\"");

    private BundleVariants() {}

    /** Writes the same bundle under another version. */
    public static void version(Path shipped, String version, Path file) throws IOException {
        Content content = Content.read(shipped);
        content.set("Bundle-Version", version);
        content.write(file);
    }

    /** Writes a bundle under another version that has a defect. */
    public static void broken(Path shipped, String version, Defect defect, Path file) throws IOException {
        Content content = Content.read(shipped);
        content.set("Bundle-Version", version);
        switch (defect) {
            case DOES_NOT_RESOLVE -> content.append("Import-Package", "org.solera.nobody.exports.this");
            case START_THROWS -> {
                content.addClass(ACTIVATOR);
                content.set("Bundle-Activator", ACTIVATOR);
                content.importPackage("org.osgi.framework", "[1.8,2)");
            }
            case ACTIVATION_THROWS -> {
                content.addClass(COMPONENT);
                content.replaceComponents(COMPONENT);
            }
            case BECOMES_UNHEALTHY -> {
                content.addClass(HEALTH_CHECK);
                content.entries.put(HEALTH_XML, healthComponent());
                content.append("Service-Component", HEALTH_XML);
                content.importPackage("org.solera.platform.api", "[1.0,2)");
                content.importPackage("org.solera.platform.api.spi", "[1.0,2)");
            }
        }
        content.write(file);
    }

    /** {@return version and symbolic name of a bundle, as {@code name/version}} */
    public static String identity(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            return headers.getValue("Bundle-SymbolicName") + "/" + headers.getValue("Bundle-Version");
        }
    }

    private static byte[] healthComponent() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s" immediate="true">
                  <implementation class="%1$s"/>
                  <service>
                    <provide interface="org.solera.platform.api.spi.HealthCheck"/>
                  </service>
                </scr:component>
                """.formatted(HEALTH_CHECK).getBytes(StandardCharsets.UTF_8);
    }

    private record Content(Manifest manifest, Map<String, byte[]> entries) {
        static Content read(Path bundle) throws IOException {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            try (JarInputStream in = new JarInputStream(Files.newInputStream(bundle))) {
                Manifest manifest = in.getManifest();
                if (manifest == null) {
                    throw new IOException(bundle + " does not begin with a manifest.");
                }
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
                return new Content(copy(manifest), entries);
            }
        }

        private static Manifest copy(Manifest manifest) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            manifest.write(bytes);
            return new Manifest(new ByteArrayInputStream(bytes.toByteArray()));
        }

        void set(String header, String value) {
            manifest.getMainAttributes().putValue(header, value);
        }

        void append(String header, String clause) {
            String before = manifest.getMainAttributes().getValue(header);
            set(header, before == null || before.isBlank() ? clause : before + "," + clause);
        }

        void importPackage(String name, String range) {
            String imports = manifest.getMainAttributes().getValue("Import-Package");
            boolean present = imports != null
                    && Pattern.compile("(^|,)\\s*" + Pattern.quote(name) + "(;|,|$)")
                            .matcher(imports)
                            .find();
            if (!present) {
                append("Import-Package", name + ";version=\"" + range + "\"");
            }
        }

        void addClass(String className) throws IOException {
            String name = className.replace('.', '/') + ".class";
            try (InputStream in = BundleVariants.class.getResourceAsStream("/" + name)) {
                if (in == null) {
                    throw new IOException("The class " + name + " is not on the class path.");
                }
                entries.put(name, in.readAllBytes());
            }
        }

        void replaceComponents(String className) throws IOException {
            String header = manifest.getMainAttributes().getValue("Service-Component");
            if (header == null) {
                throw new IOException("The bundle has no component that could be broken.");
            }
            for (String name : header.split(",")) {
                byte[] xml = entries.get(name.strip());
                if (xml == null) {
                    throw new IOException("The bundle has no " + name.strip() + ".");
                }
                String text = new String(xml, StandardCharsets.UTF_8);
                text = IMPLEMENTATION.matcher(text).replaceAll("<implementation class=\"" + className + "\"/>");
                text = LIFE_CYCLE
                        .matcher(REFERENCE.matcher(text).replaceAll(""))
                        .replaceAll("");
                entries.put(name.strip(), text.getBytes(StandardCharsets.UTF_8));
            }
        }

        void write(Path file) throws IOException {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                    JarOutputStream jar = new JarOutputStream(out, manifest)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    jar.putNextEntry(new JarEntry(entry.getKey()));
                    jar.write(entry.getValue());
                    jar.closeEntry();
                }
            }
        }
    }
}
