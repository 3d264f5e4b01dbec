// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import javax.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.Lease;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;
import org.solera.platform.persistence.api.Migration;
import org.solera.platform.persistence.api.PersistentUnit;

/** A unit on its way to a {@link Database}: migrated, verified, registered. Thread-safe. */
final class ServedUnit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServedUnit.class);

    private final PersistentUnit unit;
    private final long bundleId;
    private final BundleContext context;
    private final Limits limits;
    private final Backoff backoff = new Backoff(); // guarded by this, as what follows
    private @Nullable EntityManagerFactory entities;
    private @Nullable ServiceRegistration<Database> registration;
    private boolean closed;
    private volatile HealthReport report;

    ServedUnit(PersistentUnit unit, long bundleId, BundleContext context, Limits limits) {
        this.unit = unit;
        this.bundleId = bundleId;
        this.context = context;
        this.limits = limits;
        this.report = HealthReport.down("The rows of %s are being prepared.".formatted(unit.name()), "");
    }

    String name() {
        return unit.name();
    }

    long bundleId() {
        return bundleId;
    }

    List<Migration> migrations() {
        return unit.migrations();
    }

    HealthReport report() {
        return report;
    }

    /** Does what is left to do, if it is due; failures are kept for the health check. */
    synchronized void prepare(OpenDatabase database) {
        if (closed || registration != null || !backoff.due()) {
            return;
        }
        try {
            Lease entered = database.gate().change(limits.begin());
            try {
                serve(database);
            } finally {
                entered.close();
            }
        } catch (SoleraException failure) {
            failed(failure, failure.code() == PlatformError.BUSY);
        } catch (SQLException failure) {
            failed(failure, true);
        } catch (RuntimeException | LinkageError failure) {
            failed(failure, SqlFailures.isBusy(failure));
        }
    }

    private void serve(OpenDatabase database) throws SQLException, SoleraException {
        int version = migrate(database);
        EntityManagerFactory opened = UnitInfo.open(
                unit.name() + "-" + bundleId,
                unit.entities(),
                unit.getClass().getClassLoader(),
                database.pool(),
                database.source().kind());
        entities = opened;
        register(new UnitDatabase(opened, database.calls(), database.gate(), limits));
        log.info("The rows of {} are ready, schema version {}.", unit.name(), version);
        report = HealthReport.up("");
    }

    private int migrate(OpenDatabase database) throws SQLException, SoleraException {
        try (Connection connection = database.source().maintenance()) {
            return new Migrator(database.source().kind()).migrate(connection, unit.name(), unit.migrations());
        }
    }

    private void failed(Throwable failure, boolean passing) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String cause = String.valueOf(failure instanceof SoleraException ? failure.getMessage() : root.getMessage());
        if (!report.detail().endsWith(cause)) {
            log.error("The rows of {} cannot be served.", unit.name(), failure);
        }
        String detail = "The rows of %s cannot be served: %s".formatted(unit.name(), cause);
        String next = failure instanceof SoleraException known ? known.nextAction() : "See the log.";
        report = passing ? HealthReport.degraded(detail, next) : HealthReport.down(detail, next);
        backoff.failed();
    }

    private synchronized void register(Database database) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(PersistentUnit.UNIT, unit.name());
        properties.put(PersistentUnit.BUNDLE, bundleId);
        registration = context.registerService(Database.class, database, properties);
    }

    /** Tells those who hold rows in memory that the rows are others now: the service goes and comes back. */
    synchronized void renew() {
        ServiceRegistration<Database> old = registration;
        if (old != null && !closed) {
            Database database = context.getService(old.getReference());
            old.unregister();
            register(database);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
        if (entities != null) {
            entities.close();
            entities = null;
        }
    }
}
