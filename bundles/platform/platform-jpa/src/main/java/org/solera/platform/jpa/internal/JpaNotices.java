// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.util.List;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.NoticeStore;
import org.solera.platform.persistence.api.Database;

/** Keeps notices as rows. */
final class JpaNotices implements NoticeStore {
    private final Database database;

    JpaNotices(Database database) {
        this.database = database;
    }

    @Override
    public List<Notice> load() throws SoleraException {
        return database.read(manager -> Rows.all(manager, NoticeEntity.class).stream()
                .map(NoticeEntity::toRow)
                .toList());
    }

    @Override
    public void save(List<Notice> put, List<String> removedIds) throws SoleraException {
        List<Notice> toPut = List.copyOf(put);
        List<String> toRemove = List.copyOf(removedIds);
        PortableTexts.require(toPut);
        database.change(manager -> {
            toRemove.forEach(id -> Rows.remove(manager, NoticeEntity.class, id));
            manager.flush(); // a row may be removed and put again under the same key
            toPut.forEach(each -> Rows.put(manager, NoticeEntity.class, each.id(), NoticeEntity::new)
                    .set(each));
            return toPut.size() + toRemove.size();
        });
    }
}
