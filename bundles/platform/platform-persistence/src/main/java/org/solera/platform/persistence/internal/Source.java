// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where connections come from. */
interface Source extends AutoCloseable {
    Kind kind();

    /** {@return new connections for a pool; their statements are bounded} */
    DataSource connections();

    /** {@return a connection of its own for migrations and restores, whose statements are not bounded; the caller closes it} */
    Connection maintenance() throws SQLException;

    /** {@return size of the database on its disk, in bytes} */
    long sizeBytes() throws SQLException;

    @Override
    void close();
}
