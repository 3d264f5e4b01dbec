// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.nio.file.Path;

/** On the embedded database. */
class DerbyDatabaseTest extends DatabaseContract {
    @Override
    DatabaseBox open(Path folder) {
        return DatabaseBox.embedded(folder);
    }
}
