// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.util.List;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.OperationStore;
import org.solera.platform.persistence.api.Database;

/** Keeps operations as rows. */
final class JpaOperations implements OperationStore {
    private final Database database;

    JpaOperations(Database database) {
        this.database = database;
    }

    @Override
    public List<Operation> load() throws SoleraException {
        return database.read(manager -> Rows.all(manager, OperationEntity.class).stream()
                .map(OperationEntity::toRow)
                .toList());
    }

    @Override
    public void save(List<Operation> put, List<String> removedIds) throws SoleraException {
        List<Operation> toPut = List.copyOf(put);
        List<String> toRemove = List.copyOf(removedIds);
        PortableTexts.require(toPut);
        database.change(manager -> {
            toRemove.forEach(id -> Rows.remove(manager, OperationEntity.class, id));
            manager.flush(); // a row may be removed and put again under the same key
            toPut.forEach(each -> Rows.put(manager, OperationEntity.class, each.id(), OperationEntity::new)
                    .set(each));
            return toPut.size() + toRemove.size();
        });
    }
}
