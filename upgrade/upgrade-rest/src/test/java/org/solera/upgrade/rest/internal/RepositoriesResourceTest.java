// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.ext.RuntimeDelegate;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.FeatureLedger;
import org.solera.upgrade.rest.internal.RepositoriesResource.RepositoryDto;

class RepositoriesResourceTest {
    @TempDir
    private Path folder;

    private final List<String> recorded = new ArrayList<>();

    @BeforeAll
    static void runtime() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    private final class Ledger implements FeatureLedger {
        @Override
        public List<Installed> installed() {
            return List.of();
        }

        @Override
        public List<String> known() {
            return List.of();
        }

        @Override
        public boolean replaceGenerated(String name, List<String> capabilities, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> unmet(String feature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void install(String feature, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void uninstall(String feature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addRepository(String address) {
            recorded.add(address);
        }

        @Override
        public List<String> repositories() {
            return List.copyOf(recorded);
        }

        @Override
        public void removeRepository(String address) throws SoleraException {
            if (!recorded.remove(address)) {
                throw new SoleraException(PlatformError.NOT_FOUND, "No such repository.", "Look.", null);
            }
        }
    }

    private RepositoriesResource resource() {
        return new RepositoriesResource(new Ledger(), folder.resolve("data"));
    }

    @Test
    void aFileBelowTheDataFolderAndMavenCoordinatesAreTaken() throws Exception {
        Path file = Files.createDirectories(folder.resolve("data")).resolve("offer.xml");
        Files.writeString(file, "<features/>");
        assertEquals(201, resource().add(new RepositoryDto("file:" + file)).getStatus());
        assertEquals(
                201, resource().add(new RepositoryDto("mvn:a/b/1/xml/features")).getStatus());
        assertEquals(
                List.of(new RepositoryDto("file:" + file), new RepositoryDto("mvn:a/b/1/xml/features")),
                resource().list());
    }

    @Test
    void whatWouldBeMissedAtTheNextBootOrIsNoAddressIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Path outside = Files.writeString(folder.resolve("outside.xml"), "<features/>");
        for (String address : new String[] {
            null,
            "",
            "http://example.org/features.xml",
            "file:" + outside,
            "file:" + folder.resolve("data") + "/../outside.xml",
            "file:" + folder.resolve("data") + "/none.xml",
            "file:" + folder.resolve("data"),
            "file:relative.xml",
            "file:/a b"
        }) {
            SoleraException refused =
                    assertThrows(SoleraException.class, () -> resource().add(new RepositoryDto(address)), address);
            assertEquals(PlatformError.INVALID_REQUEST, refused.code(), address);
        }
        assertThrows(SoleraException.class, () -> resource().add(null));
        assertEquals(List.of(), recorded);
    }

    @Test
    void aRepositoryIsTakenAwayByItsAddress() throws Exception {
        recorded.add("file:/vanished.xml");
        assertEquals(204, resource().remove("file:/vanished.xml").getStatus());
        assertEquals(List.of(), recorded);
        SoleraException unknown =
                assertThrows(SoleraException.class, () -> resource().remove("file:/vanished.xml"));
        assertEquals(PlatformError.NOT_FOUND, unknown.code());
        SoleraException unnamed =
                assertThrows(SoleraException.class, () -> resource().remove(null));
        assertEquals(PlatformError.INVALID_REQUEST, unnamed.code());
    }
}
