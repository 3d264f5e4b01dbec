// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.nio.file.Path;
import org.solera.platform.persistence.internal.DatabaseBox;

/** On the embedded database. */
class DerbyStoresTest extends StoresContract {
    @Override
    DatabaseBox open(Path folder) {
        return DatabaseBox.embedded(folder);
    }
}
