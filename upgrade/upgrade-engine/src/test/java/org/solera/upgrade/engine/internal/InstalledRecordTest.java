// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstalledRecordTest {
    private static final String SHIPPED = """
            # Licensed to somebody
            featuresRepositories = \\
                mvn:org.solera/features/1.0.0/xml/solera-storage-s3, \\
                mvn:org.solera/features/1.0.0/xml/solera-platform
            featuresBoot = \\
                (wrap, scr/4.4.10), \\
                (eventadmin), \\
                solera-platform/1.0.0, \\
                solera-storage-s3/1.0.0
            autoRefresh=false
            path = ${karaf.etc}/x\\\\y
            """;

    @Test
    void readsAConfigurationOfTheFeaturesService() {
        InstalledRecord record = InstalledRecord.parse(SHIPPED);
        assertEquals(2, record.repositories().size());
        assertEquals(3, record.stages().size());
        assertEquals(
                List.of(FeatureId.of("wrap"), FeatureId.of("scr/4.4.10")),
                record.stages().get(0));
        assertEquals("false", record.settings().get("autoRefresh"));
        assertEquals("${karaf.etc}/x\\y", record.settings().get("path"));
        assertEquals("product", record.reason(FeatureId.of("scr/4.4.10")));
    }

    @Test
    void readsBackItsOwnText() {
        InstalledRecord record = InstalledRecord.parse(SHIPPED)
                .with(FeatureId.of("solera-storage-s3/1.0.0"), FeatureId.of("solera-storage-s3/1.0.1"), "swap 3")
                .with(FeatureId.of("solera-hardware/1.0.0"), "hardware")
                .withRepository("mvn:org.solera.swap/x/1.0.1-aa/xml/features")
                .withoutRepository("mvn:org.solera/features/1.0.0/xml/solera-storage-s3");
        assertEquals(record, InstalledRecord.parse(record.text()));
        assertEquals("swap 3", record.reason(FeatureId.of("solera-storage-s3/1.0.1")));
        assertTrue(record.text().contains("# reason solera-storage-s3/1.0.1 = swap 3\n"));
        assertEquals(3, record.stages().size());
        assertEquals(
                FeatureId.of("solera-storage-s3/1.0.1"), record.stages().get(2).get(1));
    }

    @Test
    void forgetsTheReasonOfWhatIsGone() {
        InstalledRecord record = InstalledRecord.parse(SHIPPED)
                .with(FeatureId.of("solera-extra/1.0.0"), "operator")
                .without(FeatureId.of("solera-extra/1.0.0"));
        assertFalse(record.text().contains("solera-extra"));
        assertEquals(InstalledRecord.parse(SHIPPED), record);
    }
}
