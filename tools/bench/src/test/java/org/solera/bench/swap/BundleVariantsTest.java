// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleVariantsTest {
    private static final String COMPONENT = "OSGI-INF/a.B.xml";
    private static final String XML = "<scr:component name=\"a.B\" activate=\"activate\" init=\"1\">"
            + "<service><provide interface=\"a.Service\"/></service>"
            + "<reference name=\"x\" interface=\"a.X\" parameter=\"0\"/>"
            + "<implementation class=\"a.B\"/></scr:component>";

    @TempDir
    private Path folder;

    private Path shipped;
    private Path made;

    @BeforeEach
    void writeABundle() throws IOException {
        shipped = folder.resolve("shipped.jar");
        made = folder.resolve("made.jar");
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.putValue("Manifest-Version", "1.0");
        headers.putValue("Bundle-SymbolicName", "a.b");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Import-Package", "a.x;version=\"[1,2)\",org.solera.platform.api;version=\"[1.0,2)\"");
        headers.putValue("Service-Component", COMPONENT);
        try (OutputStream out = Files.newOutputStream(shipped);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry(COMPONENT));
            jar.write(XML.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }

    private String header(String name) throws IOException {
        try (JarFile jar = new JarFile(made.toFile())) {
            return jar.getManifest().getMainAttributes().getValue(name);
        }
    }

    private String text(String entry) throws IOException {
        try (JarFile jar = new JarFile(made.toFile())) {
            assertNotNull(jar.getEntry(entry), entry);
            return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void changesTheVersionAndNothingElse() throws IOException {
        BundleVariants.version(shipped, "1.0.7", made);
        assertEquals("a.b/1.0.7", BundleVariants.identity(made));
        assertEquals(XML, text(COMPONENT));
    }

    @Test
    void importsWhatNobodyExports() throws IOException {
        BundleVariants.broken(shipped, "1.0.8", Defect.DOES_NOT_RESOLVE, made);
        assertTrue(header("Import-Package").endsWith(",org.solera.nobody.exports.this"), header("Import-Package"));
    }

    @Test
    void putsAThrowingClassInThePlaceOfEveryComponent() throws IOException {
        BundleVariants.broken(shipped, "1.0.8", Defect.ACTIVATION_THROWS, made);
        String xml = text(COMPONENT);
        assertTrue(xml.contains("<implementation class=\"org.solera.bench.broken.ThrowingComponent\"/>"), xml);
        assertTrue(xml.contains("<provide interface=\"a.Service\"/>"), xml);
        assertFalse(xml.contains("<reference") || xml.contains("init="), xml);
        assertTrue(text("org/solera/bench/broken/ThrowingComponent.class").startsWith("\ufffd\ufffd\ufffd"));
    }

    @Test
    void addsAHealthCheckAndImportsOnlyWhatIsMissing() throws IOException {
        BundleVariants.broken(shipped, "1.0.8", Defect.BECOMES_UNHEALTHY, made);
        assertEquals(
                COMPONENT + ",OSGI-INF/org.solera.bench.broken.FailingHealthCheck.xml", header("Service-Component"));
        assertEquals(
                "a.x;version=\"[1,2)\",org.solera.platform.api;version=\"[1.0,2)\","
                        + "org.solera.platform.api.spi;version=\"[1.0,2)\"",
                header("Import-Package"));
    }

    @Test
    void addsAnActivatorThatThrows() throws IOException {
        BundleVariants.broken(shipped, "1.0.8", Defect.START_THROWS, made);
        assertEquals("org.solera.bench.broken.ThrowingActivator", header("Bundle-Activator"));
    }
}
