// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of a session while a line must not run. The shell asks the session for its registry before it makes
 * any command; this one refuses, so that no command begins. Listeners of the shell have no other way to stop a line.
 */
final class RefusedSession {
    private RefusedSession() {}

    static Session of(Session session, String why) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("getRegistry")) {
                throw new IllegalStateException(why);
            }
            return call(session, method, arguments);
        };
        return (Session)
                Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Session.class}, handler);
    }

    private static @Nullable Object call(
            Session session, java.lang.reflect.Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(session, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }
}
