// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.util.List;
import java.util.function.Function;
import javax.persistence.EntityManager;

/** What all stores do with rows. */
final class Rows {
    private Rows() {}

    static <E> List<E> all(EntityManager manager, Class<E> type) {
        return manager.createQuery("select each from " + type.getSimpleName() + " each", type)
                .getResultList();
    }

    /** {@return the row with this key, made if there is none} */
    static <E> E put(EntityManager manager, Class<E> type, String key, Function<String, E> make) {
        E known = manager.find(type, key);
        if (known != null) {
            return known;
        }
        E made = make.apply(key);
        manager.persist(made);
        return made;
    }

    static void remove(EntityManager manager, Class<?> type, String key) {
        Object known = manager.find(type, key);
        if (known != null) {
            manager.remove(known);
        }
    }
}
