// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations in memory, with the calls that are needed here; any other call fails. */
final class MemoryConfigurations implements ConfigurationAdmin {
    private final Map<String, Hashtable<String, Object>> all = new TreeMap<>();
    private int updates;
    private boolean fail;

    synchronized void put(String pid, Map<String, Object> properties) {
        all.put(pid, new Hashtable<>(properties));
    }

    synchronized void clear() {
        all.clear();
    }

    synchronized void failNext() {
        fail = true;
    }

    synchronized int updates() {
        return updates;
    }

    /** {@return what is set, without what the framework adds} */
    synchronized Map<String, Object> properties(String pid) {
        Map<String, Object> properties = new HashMap<>(all.getOrDefault(pid, new Hashtable<>()));
        properties.remove(Constants.SERVICE_PID);
        return properties;
    }

    private synchronized Object update(String pid, Dictionary<String, ?> properties) throws IOException {
        if (fail) {
            fail = false;
            throw new IOException("No space left");
        }
        Hashtable<String, Object> copy = new Hashtable<>();
        properties.keys().asIterator().forEachRemaining(key -> copy.put(key, properties.get(key)));
        copy.put(Constants.SERVICE_PID, pid); // as the real one does
        all.put(pid, copy);
        updates++;
        return "";
    }

    private Configuration configuration(String pid) {
        return (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Configuration.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getProperties")) {
                        return all.get(pid);
                    }
                    if (method.getName().equals("update") && arguments != null) {
                        @SuppressWarnings("unchecked")
                        Dictionary<String, ?> properties = (Dictionary<String, ?>) arguments[0];
                        update(pid, properties);
                        return null;
                    }
                    throw new InvocationTargetException(new UnsupportedOperationException(method.toString()));
                });
    }

    @Override
    public synchronized Configuration[] listConfigurations(String filter) {
        String pid = filter.substring("(service.pid=".length(), filter.length() - 1);
        return all.containsKey(pid) ? new Configuration[] {configuration(pid)} : null;
    }

    @Override
    public Configuration getConfiguration(String pid, String location) {
        return configuration(pid);
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new UnsupportedOperationException();
    }
}
