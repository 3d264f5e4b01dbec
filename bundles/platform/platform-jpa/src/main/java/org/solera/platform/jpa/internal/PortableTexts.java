// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Refuses texts that not every database can hold, so that all of them behave alike and a backup fits everywhere. */
final class PortableTexts {
    private PortableTexts() {}

    /**
     * Looks at every text of rows, also at those of the records within.
     *
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST} for a NUL or half a character
     */
    static void require(Collection<? extends Record> rows) throws SoleraException {
        for (Record row : rows) {
            if (!portable(row)) {
                throw new SoleraException(
                        PlatformError.INVALID_REQUEST,
                        "A text holds a character that cannot be stored.",
                        "Write it without control characters.",
                        null);
            }
        }
    }

    private static boolean portable(@Nullable Object value) {
        if (value instanceof String text) {
            return text.codePoints().noneMatch(each -> each == 0 || (each >= 0xD800 && each <= 0xDFFF));
        }
        if (value instanceof Collection<?> all) {
            return all.stream().allMatch(PortableTexts::portable);
        }
        if (value instanceof Record row) {
            for (RecordComponent each : row.getClass().getRecordComponents()) {
                if (!portable(read(row, each))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static @Nullable Object read(Record row, RecordComponent component) {
        try {
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException hidden) {
            throw new IllegalStateException("Rows are public records.", hidden);
        }
    }
}
