// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.solera.media.api.MediaSource;

/** Small images, good and hostile, made when they are needed. */
final class Pictures {
    private Pictures() {}

    /** Left half red, right half blue. */
    static BufferedImage halves(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, 0, width - width / 2, height);
        pen.dispose();
        return image;
    }

    static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    static byte[] jpeg(int width, int height) throws IOException {
        return encode(halves(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    static byte[] png(int width, int height) throws IOException {
        return encode(halves(width, height, BufferedImage.TYPE_INT_ARGB), "png");
    }

    /** A JPEG that says in EXIF how it is to be turned, and carries a secret comment. */
    static byte[] turnedJpeg(int width, int height, int orientation) throws IOException {
        byte[] plain = jpeg(width, height);
        byte[] exif = {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] comment = "SECRET".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(plain.length + exif.length + comment.length + 8);
        out.put(plain, 0, 2);
        out.putShort((short) 0xffe1).putShort((short) (exif.length + 2)).put(exif);
        out.putShort((short) 0xfffe).putShort((short) (comment.length + 2)).put(comment);
        out.put(plain, 2, plain.length - 2);
        return out.array();
    }

    static byte[] animation(int width, int height, int frames) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames; i++) {
                BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
                Graphics2D pen = frame.createGraphics();
                pen.setColor(i % 2 == 0 ? Color.RED : Color.BLUE);
                pen.fillRect(0, 0, width, height);
                pen.dispose();
                writer.writeToSequence(
                        new IIOImage(frame, null, writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null)),
                        null);
            }
            writer.endWriteSequence();
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    /** A PNG of a few bytes that says it has this size. */
    static byte[] pngThatClaims(int width, int height) throws IOException {
        byte[] small = png(1, 1);
        ByteBuffer.wrap(small).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(small, 12, 17);
        ByteBuffer.wrap(small).putInt(29, (int) crc.getValue());
        return small;
    }

    /** A GIF of a few bytes whose canvas is as large as the format can say. */
    static byte[] gifWithGiantCanvas() throws IOException {
        byte[] small = encode(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED), "gif");
        small[6] = small[7] = small[8] = small[9] = (byte) 0xff;
        return small;
    }

    static MediaSource source(byte[] bytes) {
        return new MediaSource() {
            @Override
            public String identity() {
                return Integer.toString(System.identityHashCode(bytes));
            }

            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
