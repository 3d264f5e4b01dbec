// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.solera.platform.api.access.AccountStore;
import org.solera.platform.api.notices.NoticeStore;
import org.solera.platform.api.operations.OperationStore;
import org.solera.platform.persistence.api.Database;
import org.solera.platform.persistence.api.PersistentUnit;

/**
 * Registers the stores while the database of this bundle is there. Another version of this bundle has a database of its own,
 * which knows the entities of that version only.
 */
@Component(service = Stores.class, immediate = true)
public final class Stores {
    private final BundleContext context;
    private final Map<Database, List<ServiceRegistration<?>>> registered = new ConcurrentHashMap<>();

    @Activate
    public Stores(BundleContext context) {
        this.context = context;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + PersistentUnit.UNIT + "=" + PlatformUnit.NAME + ")")
    void bindDatabase(Database database, Map<String, ?> properties) {
        if (Long.valueOf(context.getBundle().getBundleId()).equals(properties.get(PersistentUnit.BUNDLE))) {
            registered.put(
                    database,
                    List.of(
                            context.registerService(AccountStore.class, new JpaAccounts(database), null),
                            context.registerService(OperationStore.class, new JpaOperations(database), null),
                            context.registerService(NoticeStore.class, new JpaNotices(database), null)));
        }
    }

    void unbindDatabase(Database database) {
        List<ServiceRegistration<?>> gone = registered.remove(database);
        if (gone != null) {
            gone.forEach(ServiceRegistration::unregister);
        }
    }

    @Deactivate
    void deactivate() {
        registered.keySet().forEach(this::unbindDatabase);
    }
}
