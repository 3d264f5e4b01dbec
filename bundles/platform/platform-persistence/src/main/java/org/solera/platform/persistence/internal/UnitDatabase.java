// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.EntityTransaction;
import javax.persistence.PersistenceException;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Lease;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;

/** The rows of one unit. */
final class UnitDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(UnitDatabase.class);

    private final EntityManagerFactory entities;
    private final BoundedCalls calls;
    private final ChangeGate gate;
    private final Limits limits;

    /** Carries a refusal of the gate through work that cannot throw it. */
    private static final class GateClosedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GateClosedException(SoleraException refusal) {
            super(refusal);
        }
    }

    UnitDatabase(EntityManagerFactory entities, BoundedCalls calls, ChangeGate gate, Limits limits) {
        this.entities = entities;
        this.calls = calls;
        this.gate = gate;
        this.limits = limits;
    }

    @Override
    public <T> T read(Function<EntityManager, T> work) throws SoleraException {
        return run(call -> inTransaction(call, work, false));
    }

    @Override
    public <T> T change(Function<EntityManager, T> work) throws SoleraException {
        return run(call -> {
            Lease entered = enter();
            try {
                return inTransaction(call, work, true);
            } finally {
                entered.close();
            }
        });
    }

    private Lease enter() {
        try {
            return gate.change(limits.begin());
        } catch (SoleraException refusal) {
            throw new GateClosedException(refusal);
        }
    }

    private <T> T run(Function<Call<T>, T> work) throws SoleraException {
        try {
            return calls.run(work);
        } catch (GateClosedException refusal) {
            if (refusal.getCause() instanceof SoleraException cause) {
                throw cause;
            }
            throw refusal;
        }
    }

    private <T> T inTransaction(Call<T> call, Function<EntityManager, T> work, boolean keep) {
        EntityManager manager = entities.createEntityManager();
        EntityTransaction transaction = manager.getTransaction();
        try {
            manager.unwrap(Session.class).getTransaction().setTimeout(limits.statementSeconds());
            transaction.begin();
            call.began();
            T result = work.apply(manager);
            if (keep) {
                manager.flush();
                if (!call.beginCommit()) {
                    throw new CancellationException("Nobody waits for this change any more.");
                }
                transaction.commit();
            }
            return result;
        } finally {
            end(manager, transaction);
        }
    }

    /** Rolls back what is not committed. What fails here follows from a failure that the caller gets. */
    private static void end(EntityManager manager, EntityTransaction transaction) {
        PersistenceException rollback = null;
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (PersistenceException failure) {
            rollback = failure;
        }
        try {
            manager.close();
        } catch (PersistenceException failure) {
            report(failure);
        }
        report(rollback);
    }

    private static void report(@Nullable PersistenceException failure) {
        if (failure != null) {
            log.debug("A connection could not be given back in order; the pool drops it.", failure);
        }
    }
}
