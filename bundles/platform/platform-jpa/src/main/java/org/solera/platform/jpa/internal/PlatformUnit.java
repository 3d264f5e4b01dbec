// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.osgi.service.component.annotations.Component;
import org.solera.platform.persistence.api.Migration;
import org.solera.platform.persistence.api.PersistentUnit;

/** The rows of people, operations and notices. */
@Component
public final class PlatformUnit implements PersistentUnit {
    /** Name of the unit. */
    static final String NAME = "platform";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Class<?>> entities() {
        return List.of(
                UserEntity.class,
                GroupEntity.class,
                TokenEntity.class,
                AccessKeyEntity.class,
                SessionEntity.class,
                OperationEntity.class,
                NoticeEntity.class);
    }

    @Override
    public List<Migration> migrations() {
        return List.of(new Migration(1, "People, operations and notices", read("1.sql")));
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(PlatformUnit.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
