// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.persistence.EntityManagerFactory;
import javax.persistence.SharedCacheMode;
import javax.persistence.ValidationMode;
import javax.persistence.spi.ClassTransformer;
import javax.persistence.spi.PersistenceUnitInfo;
import javax.persistence.spi.PersistenceUnitTransactionType;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.jspecify.annotations.Nullable;

/** What a persistence.xml would say, made from a unit at run time. */
final class UnitInfo implements PersistenceUnitInfo {
    private final String name;
    private final List<String> classes;
    private final ClassLoader loader;
    private final DataSource source;

    private UnitInfo(String name, List<Class<?>> classes, ClassLoader loader, DataSource source) {
        this.name = name;
        this.classes = classes.stream().map(Class::getName).toList();
        this.loader = loader;
        this.source = source;
    }

    /**
     * Makes the entities of a unit usable and compares them with the tables; never changes a table.
     *
     * @param name unique among the units of the process
     * @param loader loader of the bundle that the classes are from
     */
    static EntityManagerFactory open(
            String name, List<Class<?>> classes, ClassLoader loader, DataSource source, Kind kind) {
        Map<String, Object> settings = Map.of(
                AvailableSettings.CLASSLOADERS,
                List.of(loader, HibernatePersistenceProvider.class.getClassLoader()),
                AvailableSettings.DIALECT,
                kind.dialect(),
                AvailableSettings.HBM2DDL_AUTO,
                "validate",
                AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT,
                true,
                AvailableSettings.USE_SECOND_LEVEL_CACHE,
                false,
                AvailableSettings.USE_QUERY_CACHE,
                false,
                AvailableSettings.STATEMENT_BATCH_SIZE,
                50,
                AvailableSettings.SCANNER_DISCOVERY,
                "none",
                AvailableSettings.ORDER_UPDATES,
                true);
        return new HibernatePersistenceProvider()
                .createContainerEntityManagerFactory(new UnitInfo(name, classes, loader, source), settings);
    }

    @Override
    public String getPersistenceUnitName() {
        return name;
    }

    @Override
    public String getPersistenceProviderClassName() {
        return HibernatePersistenceProvider.class.getName();
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.RESOURCE_LOCAL;
    }

    @Override
    public @Nullable DataSource getJtaDataSource() {
        return null;
    }

    @Override
    public DataSource getNonJtaDataSource() {
        return source;
    }

    @Override
    public List<String> getMappingFileNames() {
        return List.of();
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public @Nullable URL getPersistenceUnitRootUrl() {
        return null;
    }

    @Override
    public List<String> getManagedClassNames() {
        return classes;
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "2.2";
    }

    @Override
    public ClassLoader getClassLoader() {
        return loader;
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {
        // entities are used as they were compiled
    }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return loader;
    }
}
