// SPDX-License-Identifier: Apache-2.0
// Makes a PNG of a screenshot small: a palette of at most 256 colours, packed as tightly as can be.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The pixels of a PNG of 8 bits without interlacing, three or four bytes each, as the browser writes it. */
function pixelsOf(png) {
  let width = 0;
  let height = 0;
  let size = 0;
  const packed = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = data.readUInt32BE(0);
      height = data.readUInt32BE(4);
      size = data[9] === 6 ? 4 : 3;
    } else if (type === 'IDAT') {
      packed.push(data);
    }
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(packed));
  const row = width * size;
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x >= size ? out[y * row + x - size] : 0;
      const above = y > 0 ? out[(y - 1) * row + x] : 0;
      const corner = x >= size && y > 0 ? out[(y - 1) * row + x - size] : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      out[y * row + x] = raw[y * (row + 1) + 1 + x] + guess;
    }
  }
  return { width, height, size, out };
}

function paeth(left, above, corner) {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** The most frequent colours, rounded only as far as needed to be few, and the entry of each pixel. */
function paletteOf({ out, size }) {
  for (let lost = 0; ; lost++) {
    const mask = (0xff << lost) & 0xff;
    const index = new Map();
    const sums = [];
    const entries = new Uint8Array(out.length / size);
    let fits = true;
    for (let at = 0, pixel = 0; at < out.length; at += size, pixel++) {
      const key = ((out[at] & mask) << 16) | ((out[at + 1] & mask) << 8) | (out[at + 2] & mask);
      let entry = index.get(key);
      if (entry === undefined) {
        if (index.size === 256) {
          fits = false;
          break;
        }
        entry = index.size;
        index.set(key, entry);
        sums.push([0, 0, 0, 0]);
      }
      const sum = sums[entry];
      sum[0] += out[at];
      sum[1] += out[at + 1];
      sum[2] += out[at + 2];
      sum[3] += 1;
      entries[pixel] = entry;
    }
    if (fits) {
      return { entries, colours: sums.flatMap(([r, g, b, n]) => [r / n, g / n, b / n].map(Math.round)) };
    }
  }
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

/** {@return the same picture in fewer bytes} */
export function smaller(png) {
  const picture = pixelsOf(png);
  const { width, height } = picture;
  const { entries, colours } = paletteOf(picture);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(entries.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours)),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
