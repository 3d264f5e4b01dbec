// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Gravity;
import org.solera.media.api.ImageTransform.Scale;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;

final class OperationParserTest {
    private static ImageTransform only(String text) throws MediaException {
        List<Operation> pipe = OperationParser.parse(text);
        assertEquals(1, pipe.size());
        return pipe.get(0).transform().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, INSIDE, 400, 0, false",
        "1, false, OUTSIDE, 400, 400, true",
        "2, false, INSIDE, 400, 0, false",
        "3, false, OUTSIDE, 400, 400, false",
        "4, true, OUTSIDE, 400, 400, false",
        "5, true, OUTSIDE, 400, 400, true"
    })
    void readsEveryModeOfImageView2(int mode, boolean edges, Fit fit, int width, int height, boolean cut)
            throws Exception {
        ImageTransform step = only("imageView2/" + mode + "/w/400/format/webp/q/80!/interlace/1");

        assertEquals(edges, step.longEdgeFirst());
        assertEquals(Optional.of(new Scale(fit, width, height, Bound.SHRINK_ONLY)), step.scale());
        assertEquals(cut ? Optional.of(new Crop(Gravity.CENTER, width, height, 0, 0)) : Optional.empty(), step.crop());
        assertEquals(Optional.of("webp"), step.format());
        assertEquals(80, step.quality());
        assertTrue(step.interlace());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "!50p; PERCENT; 50; 50; NONE",
                "!50px; PERCENT; 50; 0; NONE",
                "!x50p; PERCENT; 0; 50; NONE",
                "300x; INSIDE; 300; 0; NONE",
                "x300; INSIDE; 0; 300; NONE",
                "300x200; INSIDE; 300; 200; NONE",
                "!300x200r; OUTSIDE; 300; 200; NONE",
                "300x200!; STRETCH; 300; 200; NONE",
                "300x200>; INSIDE; 300; 200; SHRINK_ONLY",
                "300x200<; INSIDE; 300; 200; ENLARGE_ONLY",
                "60000@; AREA; 60000; 0; SHRINK_ONLY"
            })
    void readsEverySizeOfImageMogr2(String text, Fit fit, int width, int height, Bound bound) throws Exception {
        assertEquals(
                Optional.of(new Scale(fit, width, height, bound)),
                only("imageMogr2/thumbnail/" + text).scale());
    }

    @Test
    void readsTheStepsOfImageMogr2InAnyOrder() throws Exception {
        ImageTransform step = only("imageMogr2/auto-orient/crop/!30x20a5-6/gravity/SouthEast/rotate/360/strip");

        assertEquals(Optional.of(new Crop(Gravity.SOUTH_EAST, 30, 20, 5, -6)), step.crop());
        assertEquals(0, step.rotateDegrees());
    }

    @Test
    void readsPipesAndPutsSpellingsOfOneOperationTogether() throws Exception {
        assertEquals(
                3,
                OperationParser.parse("imageView2/2/w/9|imageMogr2/rotate/90|imageInfo")
                        .size());
        assertEquals(
                OperationParser.parse("imageView2/2/w/9/h/8/format/jpg"),
                OperationParser.parse("imageView2/2/h/8/format/jpeg/w/09"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imageView2",
                "imageView2/",
                "imageView2/6",
                "imageView2/-1",
                "imageView2/2/w",
                "imageView2/2/w/0",
                "imageView2/2/w/10000",
                "imageView2/2/w/99999999999999999999",
                "imageView2/2/w/1e3",
                "imageView2/2/q/101",
                "imageMogr2/thumbnail/x",
                "imageMogr2/thumbnail/!0p",
                "imageMogr2/thumbnail/!x50px",
                "imageMogr2/thumbnail/!300x200",
                "imageMogr2/thumbnail/300x200q",
                "imageMogr2/crop/300x200a1a1",
                "imageMogr2/crop/x",
                "imageMogr2/gravity/Up",
                "imageMogr2/rotate/361",
                "imageInfo|imageInfo",
                "imageView2/2/w/9||imageInfo",
                "imageView2/2/w/9|",
                ""
            })
    void namesWhatIsWrongWithAValue(String text) {
        MediaException refused = assertThrows(MediaException.class, () -> OperationParser.parse(text));
        assertEquals(MediaError.INVALID_OPERATION, refused.error());
        assertTrue(!refused.getMessage().isBlank() && !refused.nextAction().isBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watermark/1/image/abc",
                "imageView2/2/blur/3",
                "imageMogr2/colors/3",
                "imageView2/2/format/psd",
                "imageInfo/x",
                "imageView2/2/w/9|saveas/abc"
            })
    void saysWhatItDoesNotKnow(String text) {
        MediaException refused = assertThrows(MediaException.class, () -> OperationParser.parse(text));
        assertEquals(MediaError.UNSUPPORTED_OPERATION, refused.error());
    }

    @Test
    void boundsThePipe() {
        String longest = "imageView2/2/w/9" + "|imageView2/2/w/9".repeat(OperationParser.MAX_OPERATIONS);
        assertThrows(MediaException.class, () -> OperationParser.parse(longest));
        assertThrows(MediaException.class, () -> OperationParser.parse("x".repeat(5000)));
    }
}
