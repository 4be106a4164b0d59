// A host of map tiles: one picture for the whole world, in a file of PMTiles (version 3).
import { createServer } from 'node:http';
import { deflateSync } from 'node:zlib';

/** A picture of one colour. */
function png(size, [red, green, blue]) {
  const row = Buffer.concat([Buffer.of(0), Buffer.concat(Array.from({ length: size }, () => Buffer.of(red, green, blue)))]);
  const table = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
  const crc = (bytes) => (bytes.reduce((sum, byte) => table[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.of(137, 80, 78, 71, 13, 10, 26, 10), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array(size).fill(row)))), chunk('IEND', Buffer.alloc(0))]);
}

/** The header, a directory with the tile of zoom 0, and the tile. */
function pmtiles(tile) {
  const varint = (n) => { const out = []; while (n > 127) { out.push((n & 127) | 128); n = Math.floor(n / 128); } return [...out, n]; };
  // One entry: the first tile, a run of one, its length, and its offset and one more.
  const directory = Buffer.from([...varint(1), ...varint(0), ...varint(1), ...varint(tile.length), ...varint(1)]);
  const metadata = Buffer.from('{}');
  const head = Buffer.alloc(127);
  head.write('PMTiles', 0);
  head[7] = 3;
  const parts = [directory.length, metadata.length, 0, tile.length];
  let at = 127;
  parts.forEach((length, n) => {
    head.writeBigUInt64LE(BigInt(at), 8 + 16 * n);
    head.writeBigUInt64LE(BigInt(length), 16 + 16 * n);
    at += length;
  });
  [72, 80, 88].forEach((place) => head.writeBigUInt64LE(1n, place));
  // In order, nothing packed, PNG, zoom 0 alone, the whole world.
  head.set([1, 1, 1, 2, 0, 0], 96);
  [-1800000000, -850000000, 1800000000, 850000000].forEach((side, n) => head.writeInt32LE(side, 102 + 4 * n));
  return Buffer.concat([head, directory, metadata, tile]);
}

export class Tiles {
  asked = 0;

  static async serve() {
    const tiles = new Tiles();
    const file = pmtiles(png(256, [200, 220, 200]));
    tiles.server = createServer((request, response) => {
      tiles.asked++;
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [, '0', String(file.length - 1)];
      const part = file.subarray(Number(from), Number(to) + 1);
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'range', 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`, 'content-length': part.length };
      response.writeHead(request.method === 'OPTIONS' ? 204 : 206, headers);
      response.end(request.method === 'OPTIONS' ? undefined : part);
    });
    await new Promise((done) => tiles.server.listen(0, '127.0.0.1', done));
    tiles.url = `http://127.0.0.1:${tiles.server.address().port}`;
    return tiles;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
