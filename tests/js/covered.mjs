// Which characters fonts in WOFF2 have: the code points of each file's cmap.
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

const TRANSFORMED = new Set([10, 11]); // glyf and loca, where their version is 0

function tables(file) {
  let at = 48;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = file[at++];
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  const found = [];
  let offset = 0;
  for (let left = file.readUInt16BE(12); left > 0; left--) {
    const flags = file[at++];
    const known = flags & 63;
    const tag = known === 63 ? file.toString("latin1", at, (at += 4)) : known;
    const size = number();
    const kept = TRANSFORMED.has(known) ? flags >> 6 === 0 : flags >> 6 !== 0;
    const length = kept ? number() : size;
    found.push({ tag, offset, length });
    offset += length;
  }
  return { found, body: brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20))) };
}

function covered(file) {
  const { found, body } = tables(file);
  const { offset, length } = found.find((table) => table.tag === 0); // 0 stands for cmap
  const cmap = body.subarray(offset, offset + length);
  const points = new Set();
  for (let n = 0; n < cmap.readUInt16BE(2); n++) {
    const map = cmap.subarray(cmap.readUInt32BE(8 + 8 * n));
    if (map.readUInt16BE(0) === 12) {
      for (let group = 0; group < map.readUInt32BE(12); group++) {
        const [first, last] = [map.readUInt32BE(16 + 12 * group), map.readUInt32BE(20 + 12 * group)];
        for (let point = first; point <= last; point++) points.add(point);
      }
    } else if (map.readUInt16BE(0) === 4) {
      const twice = map.readUInt16BE(6);
      for (let at = 0; at < twice; at += 2) {
        const [last, first] = [map.readUInt16BE(14 + at), map.readUInt16BE(16 + twice + at)];
        const [delta, place] = [map.readUInt16BE(16 + 2 * twice + at), 16 + 3 * twice + at];
        const from = map.readUInt16BE(place);
        for (let point = first; point <= last && point < 0xffff; point++) {
          const glyph = from ? map.readUInt16BE(place + from + 2 * (point - first)) : (point + delta) & 0xffff;
          if (glyph) points.add(point);
        }
      }
    }
  }
  return [...points];
}

console.log(JSON.stringify(process.argv.slice(2).map((path) => covered(readFileSync(path)))));
