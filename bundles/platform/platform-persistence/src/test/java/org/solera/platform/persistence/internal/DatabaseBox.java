// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.core.internal.BoundedExecutors;
import org.solera.platform.persistence.api.Database;
import org.solera.platform.persistence.api.PersistentUnit;

/** The database owner without a framework, for tests of bundles that keep rows. */
public final class DatabaseBox implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, String> properties = new HashMap<>();
    private final Map<PersistentUnit, ServiceReference<PersistentUnit>> references = new ConcurrentHashMap<>();
    private final Map<Long, AtomicReference<Database>> registered = new ConcurrentHashMap<>();
    private final Persistence persistence;
    private final Folders folders;

    private DatabaseBox(Path data, String url, String user, String password, Limits limits) {
        this.folders = new Folders(data);
        this.persistence =
                new Persistence(folders, new BoundedExecutors(), new Config(url, user, password), context(), limits);
    }

    /** {@return a box on the embedded database in a folder} */
    public static DatabaseBox embedded(Path data) {
        return new DatabaseBox(data, "", "", "", Limits.PROMISED);
    }

    /** {@return a box on a server} */
    public static DatabaseBox server(Path data, String url, String user, String password) {
        return new DatabaseBox(data, url, user, password, Limits.PROMISED);
    }

    /** {@return the database of a unit, once it is there} */
    public Database serve(PersistentUnit unit) {
        add(unit);
        return await(unit);
    }

    void add(PersistentUnit unit) {
        ServiceReference<PersistentUnit> reference = reference(references.size() + 1L);
        references.put(unit, reference);
        registered.put(reference.getBundle().getBundleId(), new AtomicReference<>());
        persistence.bindUnit(reference, unit);
    }

    Database await(PersistentUnit unit) {
        return Awaitility.await().atMost(PATIENCE).until(() -> database(unit), database -> database != null);
    }

    Database database(PersistentUnit unit) {
        return registered.get(references.get(unit).getBundle().getBundleId()).get();
    }

    void remove(PersistentUnit unit) {
        persistence.unbindUnit(references.remove(unit));
    }

    /** {@return how the part is, as soon as it is not being opened} */
    HealthReport settled() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(persistence::check, report -> !report.detail().contains("being"));
    }

    Persistence persistence() {
        return persistence;
    }

    /** {@return the backup of this database} */
    public BackupPart backup() {
        return new DatabaseBackup(persistence, folders);
    }

    @Override
    public void close() {
        persistence.deactivate();
    }

    private BundleContext context() {
        return stub(BundleContext.class, (method, arguments) -> switch (method) {
            case "getProperty" -> properties.get(arguments[0]);
            case "registerService" -> register((Database) arguments[1], (java.util.Dictionary<?, ?>) arguments[2]);
            case "getService" ->
                registered
                        .get(((ServiceReference<?>) arguments[0]).getBundle().getBundleId())
                        .get();
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private ServiceRegistration<?> register(Database database, java.util.Dictionary<?, ?> told) {
        long bundle = (Long) told.get(PersistentUnit.BUNDLE);
        registered.get(bundle).set(database);
        return stub(ServiceRegistration.class, (method, arguments) -> switch (method) {
            case "unregister" -> {
                registered.get(bundle).set(null);
                yield null;
            }
            case "getReference" -> reference(bundle);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<PersistentUnit> reference(long bundleId) {
        Bundle bundle = stub(Bundle.class, (method, arguments) -> bundleId);
        return stub(ServiceReference.class, (method, arguments) -> switch (method) {
            case "getBundle" -> bundle;
            case "hashCode" -> Long.hashCode(bundleId);
            case "equals" ->
                arguments[0] instanceof ServiceReference<?> other
                        && other.getBundle().getBundleId() == bundleId;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T stub(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private record Config(String url, String user, String password) implements PersistenceConfig {
        @Override
        public int poolSize() {
            return 4;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return PersistenceConfig.class;
        }
    }

    private record Folders(Path dataDirectory) implements Appliance {
        @Override
        public Path stateDirectory(String domain) {
            return folder("state", domain);
        }

        @Override
        public Path cacheDirectory(String domain) {
            return folder("cache", domain);
        }

        private Path folder(String kind, String domain) {
            try {
                return Files.createDirectories(dataDirectory.resolve(kind).resolve(domain));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public List<Path> drives() {
            return List.of();
        }

        @Override
        public InetAddress bindAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int portOffset() {
            return 0;
        }

        @Override
        public String version() {
            return "1.0.0";
        }
    }
}
