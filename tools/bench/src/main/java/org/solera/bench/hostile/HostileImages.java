// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures that are made to hurt whoever opens them. */
final class HostileImages {
    private static final int GIANT = 60_000;

    private HostileImages() {}

    /**
     * {@return pictures by what is wrong with them}
     *
     * @param photo a good JPEG
     */
    static Map<String, byte[]> all(byte[] photo) {
        Map<String, byte[]> images = new LinkedHashMap<>();
        images.put("jpeg-cut-in-its-header", Arrays.copyOf(photo, 60));
        images.put("jpeg-of-noise", noiseBehind(photo));
        images.put("png-of-3600-megapixels", giantPng());
        images.put("gif-of-4295-megapixels", giantGif());
        images.put("png-without-pixels", emptyPng());
        images.put(
                "svg-that-includes-a-file",
                text(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                                + "xmlns:xlink=\"http://www.w3.org/1999/xlink\"><image xlink:href=\"file:///etc/passwd\"/></svg>"));
        images.put("text", text("This is no picture at all."));
        images.put("zero-bytes", new byte[4096]);
        images.put("nothing", new byte[0]);
        images.put("pdf-header", text("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"));
        images.put("imagemagick-script", text("push graphic-context\nimage over 0,0 0,0 'https://127.0.0.1/x'\npop"));
        return images;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The first bytes announce a JPEG, the rest is noise. */
    private static byte[] noiseBehind(byte[] photo) {
        byte[] image = new byte[20_000];
        new Random(3).nextBytes(image);
        System.arraycopy(photo, 0, image, 0, 4);
        return image;
    }

    private static byte[] giantPng() {
        return png(GIANT, GIANT, deflated(new byte[100_000]));
    }

    private static byte[] emptyPng() {
        return png(0, 0, deflated(new byte[1]));
    }

    private static byte[] png(int width, int height, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) 8).put((byte) 2);
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", data);
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] giantGif() {
        ByteBuffer gif = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
        gif.putShort((short) 0xffff)
                .putShort((short) 0xffff)
                .put((byte) 0x80)
                .put((byte) 0)
                .put((byte) 0);
        gif.put(new byte[] {0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        gif.put((byte) ',')
                .putInt(0)
                .putShort((short) 0xffff)
                .putShort((short) 0xffff)
                .put((byte) 0);
        gif.put(new byte[] {2, 2, 0x4c, 1, 0, ';'});
        return Arrays.copyOf(gif.array(), gif.position());
    }
}
