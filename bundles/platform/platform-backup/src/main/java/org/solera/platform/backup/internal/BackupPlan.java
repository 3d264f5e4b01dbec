// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The settings of backups. A component of its own, so that a change of them, which a restore makes too, replaces this one
 * and not the component that does the restore. Immutable.
 */
@Component(service = BackupPlan.class, configurationPid = BackupPlan.PID)
@Designate(ocd = BackupPlanConfig.class)
public final class BackupPlan {
    static final String PID = "solera.platform.backup";

    /** What holds while there are no settings. */
    static final BackupPlan NONE = new BackupPlan(false, 2, 7, "", "");

    private final boolean scheduled;
    private final int hourOfDay;
    private final int keepCount;
    private final String folder;
    private final String passphrase;

    @Activate
    public BackupPlan(BackupPlanConfig config) {
        this(config.scheduled(), config.hourOfDay(), config.keepCount(), config.folder(), config.passphrase());
    }

    BackupPlan(boolean scheduled, int hourOfDay, int keepCount, String folder, String passphrase) {
        this.scheduled = scheduled;
        this.hourOfDay = Math.min(23, Math.max(0, hourOfDay));
        this.keepCount = Math.max(1, keepCount);
        this.folder = folder;
        this.passphrase = passphrase;
    }

    boolean scheduled() {
        return scheduled;
    }

    int hourOfDay() {
        return hourOfDay;
    }

    int keepCount() {
        return keepCount;
    }

    /** {@return the folder; empty for the default} */
    String folder() {
        return folder;
    }

    /** {@return the passphrase as it is stored; sealed, or empty} */
    String passphrase() {
        return passphrase;
    }
}
