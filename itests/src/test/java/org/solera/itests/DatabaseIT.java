// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.solera.bench.appliance.ApplianceBox;

/** The control plane keeps its people where it was told to, and nowhere else. */
@ExtendWith(SharedAppliance.class)
class DatabaseIT {
    @Test
    void peopleAreKeptInTheDatabaseThatWasChosen(ApplianceBox box) throws IOException, InterruptedException {
        try (RawRest owner = TestPeople.owner(box)) {
            String unused = TestPeople.person(box, owner, "kept", "VIEWER");
            String detail = "";
            for (JsonNode part : owner.get("/api/v1/system/health").json().get("parts")) {
                detail += part.get("name").asText().equals("platform.persistence")
                        ? part.get("detail").asText()
                        : "";
            }
            assertTrue(detail.contains(TestDatabase.isServer() ? "PostgreSQL" : "Derby"), detail);
        }
        assertEquals(!TestDatabase.isServer(), Files.exists(box.data().resolve("state/persistence/derby")));
        if (TestDatabase.isServer()) {
            assertEquals(
                    "local",
                    TestDatabase.ask(SharedAppliance.DATABASE, "select source from platform_user where name = 'kept'"));
        }
    }
}
