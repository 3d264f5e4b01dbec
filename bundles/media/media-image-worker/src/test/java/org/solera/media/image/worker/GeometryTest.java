// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Gravity;
import org.solera.media.api.ImageTransform.Scale;
import org.solera.media.image.worker.Geometry.Box;
import org.solera.media.image.worker.Geometry.Size;

final class GeometryTest {
    private static Size scaled(int width, int height, boolean edges, Scale scale) {
        return Geometry.scaled(
                new Size(width, height),
                new ImageTransform(true, edges, Optional.of(scale), Optional.empty(), 0, Optional.empty(), 0, false));
    }

    @Test
    void fitsInsideAndAround() {
        assertEquals(new Size(100, 50), scaled(400, 200, false, new Scale(Fit.INSIDE, 100, 100, Bound.NONE)));
        assertEquals(new Size(200, 100), scaled(400, 200, false, new Scale(Fit.OUTSIDE, 100, 100, Bound.NONE)));
        assertEquals(new Size(100, 50), scaled(400, 200, false, new Scale(Fit.INSIDE, 0, 50, Bound.NONE)));
        assertEquals(new Size(30, 70), scaled(400, 200, false, new Scale(Fit.STRETCH, 30, 70, Bound.NONE)));
    }

    @Test
    void measuresEdgesWhicheverWayTheImageStands() {
        Scale scale = new Scale(Fit.INSIDE, 100, 40, Bound.SHRINK_ONLY);
        assertEquals(new Size(80, 40), scaled(400, 200, true, scale));
        assertEquals(new Size(40, 80), scaled(200, 400, true, scale));
    }

    @Test
    void respectsTheDirection() {
        assertEquals(new Size(40, 20), scaled(40, 20, false, new Scale(Fit.INSIDE, 400, 400, Bound.SHRINK_ONLY)));
        assertEquals(new Size(400, 200), scaled(40, 20, false, new Scale(Fit.INSIDE, 400, 400, Bound.ENLARGE_ONLY)));
        assertEquals(new Size(40, 20), scaled(40, 20, false, new Scale(Fit.INSIDE, 4, 4, Bound.ENLARGE_ONLY)));
    }

    @Test
    void scalesByShareAndByArea() {
        assertEquals(new Size(20, 20), scaled(40, 20, false, new Scale(Fit.PERCENT, 50, 0, Bound.NONE)));
        assertEquals(new Size(40, 10), scaled(40, 20, false, new Scale(Fit.PERCENT, 0, 50, Bound.NONE)));
        Size area = scaled(4000, 3000, false, new Scale(Fit.AREA, 60_000, 0, Bound.SHRINK_ONLY));
        assertEquals(new Size(282, 212), area);
    }

    @Test
    void neverEndsWithASideOfNothing() {
        assertEquals(new Size(100, 1), scaled(10_000, 3, false, new Scale(Fit.INSIDE, 100, 100, Bound.NONE)));
    }

    @Test
    void cutsWhereGravityAndOffsetSay() throws Exception {
        Size image = new Size(100, 60);
        assertEquals(new Box(25, 15, 50, 30), cut(image, Gravity.CENTER, 50, 30, 0, 0));
        assertEquals(new Box(45, 30, 50, 30), cut(image, Gravity.SOUTH_EAST, 50, 30, 5, 0));
        assertEquals(new Box(10, 0, 90, 60), cut(image, Gravity.NORTH_WEST, 0, 0, 10, 0));
        assertEquals(new Box(0, 0, 40, 30), cut(image, Gravity.NORTH_WEST, 50, 30, -10, 0));
        assertEquals(new Box(0, 0, 100, 60), cut(image, Gravity.CENTER, 500, 500, 0, 0));
        assertThrows(RefusalException.class, () -> cut(image, Gravity.NORTH_WEST, 10, 10, 100, 0));
    }

    private static Box cut(Size image, Gravity gravity, int width, int height, int x, int y) throws RefusalException {
        return Geometry.cropped(image, new Crop(gravity, width, height, x, y), false);
    }
}
