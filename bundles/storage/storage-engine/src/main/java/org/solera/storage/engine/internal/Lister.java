// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.Listing;
import org.solera.storage.api.StoredObject;

/** Cuts a page out of the objects of a bucket; jumps over rolled-up prefixes instead of walking through them. */
final class Lister {
    /** Greatest code point: behind a prefix it comes after nearly all keys that begin with the prefix. */
    private static final String GREATEST = Character.toString(Character.MAX_CODE_POINT);

    private Lister() {}

    static Listing list(ConcurrentNavigableMap<String, ObjectEntry> objects, ListQuery query) {
        List<StoredObject> found = new ArrayList<>();
        Set<String> prefixes = new LinkedHashSet<>();
        String last = "";
        Map.Entry<String, ObjectEntry> entry = first(objects, query);
        while (entry != null && entry.getKey().startsWith(query.prefix())) {
            String key = entry.getKey();
            String rolled = rollUp(key, query);
            boolean skip = rolled != null
                    && (prefixes.contains(rolled) || Catalog.UTF8_ORDER.compare(rolled, query.startAfter()) <= 0);
            if (!skip) {
                if (found.size() + prefixes.size() >= query.maxEntries()) {
                    return new Listing(found, new ArrayList<>(prefixes), query.maxEntries() > 0, last);
                }
                if (rolled == null) {
                    found.add(entry.getValue().object());
                    last = key;
                } else {
                    prefixes.add(rolled);
                    last = rolled;
                }
            }
            entry = objects.higherEntry(rolled == null ? key : jump(key, rolled));
        }
        return new Listing(found, new ArrayList<>(prefixes), false, "");
    }

    private static Map.@Nullable Entry<String, ObjectEntry> first(
            ConcurrentNavigableMap<String, ObjectEntry> objects, ListQuery query) {
        return Catalog.UTF8_ORDER.compare(query.startAfter(), query.prefix()) < 0
                        || query.startAfter().isEmpty()
                ? objects.ceilingEntry(query.prefix())
                : objects.higherEntry(query.startAfter());
    }

    private static @Nullable String rollUp(String key, ListQuery query) {
        if (query.delimiter().isEmpty()) {
            return null;
        }
        int at = key.indexOf(query.delimiter(), query.prefix().length());
        return at < 0 ? null : key.substring(0, at + query.delimiter().length());
    }

    private static String jump(String key, String rolled) {
        String behind = rolled + GREATEST;
        return Catalog.UTF8_ORDER.compare(key, behind) < 0 ? behind : key;
    }
}
