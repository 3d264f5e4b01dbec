// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.SoleraException;

/**
 * A part of the control plane that is backed up. Register it as a service. Writing happens while the appliance serves and
 * gives one consistent moment; restoring replaces the state of the part as a whole, or leaves it as it was.
 */
@ConsumerType
public interface BackupPart {
    /** {@return stable name and folder in the archive} */
    String id();

    /** {@return place in the order of a restore, lower first} */
    int order();

    void write(OutputStream out) throws SoleraException, IOException;

    /** Checks that a later {@link #restore} of these bytes can succeed on this box; changes nothing. */
    void check(InputStream in) throws SoleraException, IOException;

    /** Can be repeated after a cut. */
    void restore(InputStream in) throws SoleraException, IOException;
}
