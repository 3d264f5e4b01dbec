// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations in memory, with the calls that are needed here; any other call fails. */
final class MemoryConfigurations {
    final Map<String, Hashtable<String, Object>> all = new TreeMap<>();
    final List<String> updates = new ArrayList<>();
    boolean full;

    ConfigurationAdmin admin() {
        return proxy(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "listConfigurations" -> list(String.valueOf(arguments[0]));
            case "getConfiguration" -> configuration(String.valueOf(arguments[0]));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Configuration[] list(String filter) {
        String pid = filter.substring("(service.pid=".length(), filter.length() - 1);
        Configuration[] found = all.keySet().stream()
                .filter(each ->
                        pid.endsWith("*") ? each.startsWith(pid.substring(0, pid.length() - 1)) : each.equals(pid))
                .map(this::configuration)
                .toArray(Configuration[]::new);
        return found.length == 0 ? null : found;
    }

    private Configuration configuration(String pid) {
        return proxy(Configuration.class, (method, arguments) -> switch (method) {
            case "getPid" -> pid;
            case "getFactoryPid" -> null;
            case "getProperties" -> all.get(pid);
            case "delete" -> all.remove(pid) == null ? null : null;
            case "update" -> {
                if (full) {
                    throw new IOException("No space left on device");
                }
                @SuppressWarnings("unchecked")
                Dictionary<String, Object> properties = (Dictionary<String, Object>) arguments[0];
                Hashtable<String, Object> copy = new Hashtable<>();
                properties.keys().asIterator().forEachRemaining(key -> copy.put(key, properties.get(key)));
                copy.put("service.pid", pid); // as the real one does
                all.put(pid, copy);
                updates.add(pid);
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }

    interface Answer {
        Object of(String method, Object[] arguments) throws IOException;
    }

    static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                MemoryConfigurations.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.of(method.getName(), arguments)));
    }
}
