// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.solera.media.api.MediaError;

final class RefusalExceptionTest {
    @Test
    void tellsDamageFromAnImageThatNeedsTooMuchMemory() {
        RefusalException damage = RefusalException.of("VipsJpeg: Premature end of input file");
        assertEquals(MediaError.CORRUPT_SOURCE, damage.error());
        assertEquals("The image is damaged: VipsJpeg: Premature end of input file.", damage.getMessage());
        assertFalse(damage.nextAction().isEmpty());

        RefusalException memory = RefusalException.of("vips_tracked: out of memory --- size == 4000MB");
        assertEquals(MediaError.LIMIT_EXCEEDED, memory.error());
        assertFalse(memory.nextAction().isEmpty());
    }
}
