// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.persistence.EntityManager;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.AccountRow.GroupRow;
import org.solera.platform.api.access.AccountRow.KeyRow;
import org.solera.platform.api.access.AccountRow.SessionRow;
import org.solera.platform.api.access.AccountRow.TokenRow;
import org.solera.platform.api.access.AccountRow.UserRow;
import org.solera.platform.api.access.AccountStore;
import org.solera.platform.persistence.api.Database;

/** Keeps people as rows. */
final class JpaAccounts implements AccountStore {
    private final Database database;

    JpaAccounts(Database database) {
        this.database = database;
    }

    @Override
    public List<AccountRow> load() throws SoleraException {
        return database.read(manager -> {
            List<AccountRow> rows = new ArrayList<>();
            add(rows, manager, GroupEntity.class, GroupEntity::toRow);
            add(rows, manager, UserEntity.class, UserEntity::toRow);
            add(rows, manager, TokenEntity.class, TokenEntity::toRow);
            add(rows, manager, AccessKeyEntity.class, AccessKeyEntity::toRow);
            add(rows, manager, SessionEntity.class, SessionEntity::toRow);
            return rows;
        });
    }

    private static <E> void add(
            List<AccountRow> rows, EntityManager manager, Class<E> type, Function<E, ? extends AccountRow> toRow) {
        Rows.all(manager, type).forEach(each -> rows.add(toRow.apply(each)));
    }

    @Override
    public void commit(List<? extends AccountRow> put, List<? extends AccountRow> removed) throws SoleraException {
        List<AccountRow> toPut = List.copyOf(put);
        List<AccountRow> toRemove = List.copyOf(removed);
        PortableTexts.require(toPut.stream().map(Record.class::cast).toList());
        database.change(manager -> {
            toRemove.forEach(row -> Rows.remove(manager, entity(row), row.key()));
            manager.flush(); // a row may be removed and put again under the same key
            toPut.forEach(row -> put(manager, row));
            return toPut.size() + toRemove.size();
        });
    }

    private static Class<?> entity(AccountRow row) {
        if (row instanceof UserRow) {
            return UserEntity.class;
        }
        if (row instanceof GroupRow) {
            return GroupEntity.class;
        }
        if (row instanceof TokenRow) {
            return TokenEntity.class;
        }
        return row instanceof KeyRow ? AccessKeyEntity.class : SessionEntity.class;
    }

    private static void put(EntityManager manager, AccountRow row) {
        if (row instanceof UserRow user) {
            Rows.put(manager, UserEntity.class, row.key(), UserEntity::new).set(user);
        } else if (row instanceof GroupRow group) {
            Rows.put(manager, GroupEntity.class, row.key(), GroupEntity::new).set(group);
        } else if (row instanceof TokenRow token) {
            Rows.put(manager, TokenEntity.class, row.key(), TokenEntity::new).set(token);
        } else if (row instanceof KeyRow key) {
            Rows.put(manager, AccessKeyEntity.class, row.key(), AccessKeyEntity::new)
                    .set(key);
        } else if (row instanceof SessionRow session) {
            Rows.put(manager, SessionEntity.class, row.key(), SessionEntity::new)
                    .set(session);
        }
    }
}
