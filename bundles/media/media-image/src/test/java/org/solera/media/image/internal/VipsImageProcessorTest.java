// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Gravity;
import org.solera.media.api.ImageTransform.Scale;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.platform.worker.internal.SupervisedWorkers;

final class VipsImageProcessorTest {
    @TempDir
    static Path data;

    private static SupervisedWorkers workers;
    private static VipsImageProcessor images;

    @BeforeAll
    static void open() throws Exception {
        assertTrue(LibraryCheck.present(), "libvips is needed: apt-get install libvips42");
        workers = TestWorkers.open();
        images = new VipsImageProcessor(
                new TestAppliance(data), workers, new TestWorkers.ImageSettings(2, 20, 20, 60, 4096, 100, 64, 100));
    }

    @AfterAll
    static void close() {
        if (workers != null) {
            images.close();
            workers.close();
        }
    }

    private static ImageTransform inside(int width, int height, String format) {
        return new ImageTransform(
                true,
                false,
                Optional.of(new Scale(Fit.INSIDE, width, height, Bound.SHRINK_ONLY)),
                Optional.empty(),
                0,
                Optional.of(format),
                0,
                false);
    }

    private static ImageTransform with(Optional<Crop> crop, int degrees, String format) {
        return new ImageTransform(true, false, Optional.empty(), crop, degrees, Optional.of(format), 0, false);
    }

    private static BufferedImage decode(MediaResult result) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(result.content()));
    }

    private static ImageFacts facts(MediaResult result) throws Exception {
        return images.inspect(Pictures.source(result.content()));
    }

    private static boolean isRed(BufferedImage image, int x, int y) {
        Color color = new Color(image.getRGB(x, y));
        return color.getRed() > 200 && color.getBlue() < 60;
    }

    @Test
    void saysWhatAnImageIs() throws Exception {
        assertEquals(
                new ImageFacts("jpeg", 64, 48, "ycbcr", 1, 6),
                images.inspect(Pictures.source(Pictures.turnedJpeg(64, 48, 6))));
        assertEquals(
                new ImageFacts("gif", 20, 10, "srgb", 3, 1),
                images.inspect(Pictures.source(Pictures.animation(20, 10, 3))));
    }

    @Test
    void makesAWebpThatFitsTheBoxAndCarriesNoMetadata() throws Exception {
        MediaResult result =
                images.transform(Pictures.source(Pictures.turnedJpeg(400, 200, 1)), inside(100, 0, "webp"));

        assertEquals("image/webp", result.contentType());
        assertEquals(new ImageFacts("webp", 100, 50, "srgb", 1, 1), facts(result));
        String text = new String(result.content(), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("EXIF") || text.contains("SECRET") || text.contains("Exif"));
    }

    @Test
    void turnsAPhotographUprightBeforeItIsScaled() throws Exception {
        MediaResult result = images.transform(Pictures.source(Pictures.turnedJpeg(200, 100, 6)), inside(50, 0, "jpeg"));

        BufferedImage upright = decode(result);
        assertEquals(50, upright.getWidth());
        assertEquals(100, upright.getHeight());
        assertTrue(isRed(upright, 25, 10));
        assertFalse(isRed(upright, 25, 90));
        assertFalse(new String(result.content(), StandardCharsets.ISO_8859_1).contains("SECRET"));
    }

    @Test
    void neverEnlargesWhenToldSo() throws Exception {
        assertEquals(
                40,
                facts(images.transform(Pictures.source(Pictures.png(40, 30)), inside(400, 400, "png")))
                        .width());
    }

    @Test
    void cutsAndTurns() throws Exception {
        Crop right = new Crop(Gravity.EAST, 50, 0, 0, 0);
        BufferedImage blue =
                decode(images.transform(Pictures.source(Pictures.png(100, 60)), with(Optional.of(right), 0, "png")));
        assertEquals(50, blue.getWidth());
        assertFalse(isRed(blue, 2, 30));

        BufferedImage turned =
                decode(images.transform(Pictures.source(Pictures.png(100, 60)), with(Optional.empty(), 90, "png")));
        assertEquals(60, turned.getWidth());
        assertTrue(isRed(turned, 30, 10));

        BufferedImage slanted =
                decode(images.transform(Pictures.source(Pictures.jpeg(100, 60)), with(Optional.empty(), 45, "jpeg")));
        assertEquals(Color.WHITE.getRGB(), slanted.getRGB(0, 0));
    }

    @Test
    void showsTransparencyAsWhiteInAJpeg() throws Exception {
        BufferedImage clear = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);

        BufferedImage flat =
                decode(images.transform(Pictures.source(Pictures.encode(clear, "png")), inside(10, 10, "jpeg")));

        assertEquals(Color.WHITE.getRGB(), flat.getRGB(5, 5));
    }

    @Test
    void keepsAnAnimationWhereTheResultCanBeOne() throws Exception {
        MediaSource animation = Pictures.source(Pictures.animation(60, 40, 5));

        ImageFacts gif = facts(images.transform(animation, inside(30, 0, "gif")));
        assertEquals(new ImageFacts("gif", 30, 20, "srgb", 5, 1), gif);
        ImageFacts webp = facts(images.transform(animation, inside(30, 0, "webp")));
        assertEquals(5, webp.frames());
        assertEquals(20, webp.height());
        ImageFacts cut =
                facts(images.transform(animation, with(Optional.of(new Crop(Gravity.CENTER, 10, 8, 0, 0)), 90, "gif")));
        assertEquals(new ImageFacts("gif", 8, 10, "srgb", 5, 1), cut);
        assertEquals(1, facts(images.transform(animation, inside(30, 0, "png"))).frames());
    }

    @Test
    void showsTheFirstFrameOfAnAnimationWithTooMany() throws Exception {
        MediaSource animation = Pictures.source(Pictures.animation(4, 4, 101));
        assertEquals(1, facts(images.transform(animation, inside(4, 4, "gif"))).frames());
    }

    private static MediaError refusal(byte[] bytes) {
        MediaException refused = assertThrows(
                MediaException.class, () -> images.transform(Pictures.source(bytes), inside(100, 100, "webp")));
        assertFalse(String.valueOf(refused.getMessage()).isBlank());
        return refused.error();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void refusesWhatIsNoImageAndStaysUsable() throws Exception {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        long restarts = workers.status().get(0).restarts();

        assertEquals(MediaError.UNSUPPORTED_FORMAT, refusal(new byte[0]));
        assertEquals(MediaError.UNSUPPORTED_FORMAT, refusal(new byte[5000]));
        assertEquals(MediaError.UNSUPPORTED_FORMAT, refusal(noise));
        assertEquals(MediaError.UNSUPPORTED_FORMAT, refusal(text("hello, this is text")));
        assertEquals(
                MediaError.UNSUPPORTED_FORMAT,
                refusal(text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")));
        assertEquals(MediaError.UNSUPPORTED_FORMAT, refusal(text("%PDF-1.4\n1 0 obj\n")));
        assertEquals(MediaError.UNSUPPORTED_FORMAT, refusal(text("P6 1 1 255 abc")));
        assertEquals(MediaError.UNSUPPORTED_FORMAT, refusal(text("\u0089PNG")));

        assertEquals(
                "image/webp",
                images.transform(Pictures.source(Pictures.png(9, 9)), inside(5, 5, "webp"))
                        .contentType());
        assertEquals(restarts, workers.status().get(0).restarts(), "no worker died of it");
    }

    @Test
    void refusesDamagedAndGiantImagesAndStaysUsable() throws Exception {
        byte[] jpeg = Pictures.jpeg(800, 600);
        byte[] png = Pictures.png(300, 300);
        long restarts = workers.status().get(0).restarts();

        assertEquals(MediaError.CORRUPT_SOURCE, refusal(Arrays.copyOf(jpeg, jpeg.length / 2)));
        assertEquals(MediaError.CORRUPT_SOURCE, refusal(Arrays.copyOf(png, png.length - 40)));
        assertEquals(MediaError.CORRUPT_SOURCE, refusal(Arrays.copyOf(jpeg, 20)));
        assertEquals(MediaError.TOO_LARGE, refusal(Pictures.pngThatClaims(60_000, 60_000)));
        assertEquals(MediaError.TOO_LARGE, refusal(Pictures.gifWithGiantCanvas()));
        MediaException large = assertThrows(
                MediaException.class,
                () -> images.transform(
                        Pictures.source(jpeg),
                        new ImageTransform(
                                true,
                                false,
                                Optional.of(new Scale(Fit.STRETCH, 9999, 9999, Bound.NONE)),
                                Optional.empty(),
                                0,
                                Optional.empty(),
                                0,
                                false)));
        assertEquals(MediaError.TOO_LARGE, large.error());

        assertEquals(
                5,
                facts(images.transform(Pictures.source(png), inside(5, 5, "webp")))
                        .width());
        assertEquals(restarts, workers.status().get(0).restarts(), "no worker died of it");
    }

    @Test
    void aSourceThatBreaksOffCostsNoWorker() throws Exception {
        byte[] png = Pictures.png(300, 300);
        long restarts = workers.status().get(0).restarts();
        MediaSource broken = new MediaSource() {
            @Override
            public String identity() {
                return "broken";
            }

            @Override
            public long sizeBytes() {
                return png.length + 1L;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(png);
            }
        };

        MediaException refused =
                assertThrows(MediaException.class, () -> images.transform(broken, inside(5, 5, "webp")));

        assertEquals(MediaError.CORRUPT_SOURCE, refused.error());
        assertEquals(restarts, workers.status().get(0).restarts());
    }

    /** A photograph whose reading kills the worker that is to get it, the first few times. */
    private static final class DeadlySource implements MediaSource {
        private final byte[] photo;
        private final int deaths;
        private int opened;

        DeadlySource(byte[] photo, int deaths) {
            this.photo = photo;
            this.deaths = deaths;
        }

        @Override
        public String identity() {
            return "deadly";
        }

        @Override
        public long sizeBytes() {
            return photo.length;
        }

        @Override
        public InputStream open() {
            if (++opened <= deaths) {
                ProcessHandle.current().descendants().forEach(worker -> {
                    worker.destroyForcibly();
                    worker.onExit().join();
                });
            }
            return new ByteArrayInputStream(photo);
        }
    }

    @Test
    @Timeout(60)
    void anImageWhoseWorkerIsKilledGoesToAnother() throws Exception {
        DeadlySource source = new DeadlySource(Pictures.jpeg(1200, 900), 1);
        long restarts = workers.status().get(0).restarts();

        assertEquals(80, facts(images.transform(source, inside(80, 80, "webp"))).width());

        assertEquals(2, source.opened);
        assertTrue(workers.status().get(0).restarts() > restarts, "a worker died");
    }

    @Test
    @Timeout(60)
    void anImageThatTwoWorkersDiedAtIsRefused() throws Exception {
        DeadlySource source = new DeadlySource(Pictures.jpeg(1200, 900), 2);

        MediaException refused =
                assertThrows(MediaException.class, () -> images.transform(source, inside(80, 80, "webp")));

        assertEquals(MediaError.LIMIT_EXCEEDED, refused.error());
        assertEquals(2, source.opened);
        assertEquals(
                9,
                facts(images.transform(Pictures.source(Pictures.png(9, 9)), inside(9, 9, "webp")))
                        .width());
    }
}
