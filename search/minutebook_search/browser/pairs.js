/** Which documents have two words side by side: what phrases are looked for by, before their text is asked. */
import { ByteReader, crc32 } from "./bytes.js";
import { inflate, PIECE_HEAD } from "./files.js";

const END_BYTES = 3; // of where a block ends

export class Pairs {
  /** @param {import("./files.js").IndexFiles} files @param {import("./lexicon.js").Start} start */
  constructor(files, { pairFiles, fingerprintBits, blockBits }) {
    this.files = files;
    this.count = pairFiles;
    this.fingerprintBits = fingerprintBits;
    this.blockBits = blockBits;
  }

  /**
   * Documents that have the two words in a row, and a few that have not; 1 where they stand in a place of weight.
   * @param {string} first @param {string} second @returns {Promise<{documents: Uint32Array, parts: Float32Array}>}
   */
  async documents(first, second) {
    const hash = mixed(crc32(first), crc32(second));
    const fingerprint = Math.floor(hash / this.count) & ((1 << this.fingerprintBits) - 1);
    const block = await this.block(hash % this.count, fingerprint >> (this.fingerprintBits - this.blockBits));
    const place = block.fingerprints.indexOf(fingerprint);
    if (place < 0) return { documents: new Uint32Array(0), parts: new Float32Array(0) };
    const length = block.frequencies[place];
    const documents = new Uint32Array(length);
    const parts = new Float32Array(length);
    const reader = new ByteReader(block.bytes);
    reader.at = block.start;
    for (let skip = block.before[place]; skip > 0; reader.at++) if (block.bytes[reader.at] < 128) skip--;
    let document = 0;
    for (let number = 0; number < length; number++) {
      const value = reader.varint();
      document += Math.floor(value / 2);
      documents[number] = document;
      parts[number] = value & 1;
    }
    return { documents, parts };
  }

  /** @param {number} file @param {number} number */
  async block(file, number) {
    const size = PIECE_HEAD + (END_BYTES << this.blockBits);
    const ends = await this.files.pieces("pairs", file, 0, [size], (bytes) =>
      Array.from({ length: 1 << this.blockBits }, (_, at) => (bytes[END_BYTES * at] << 16) | (bytes[END_BYTES * at + 1] << 8) | bytes[END_BYTES * at + 2]));
    const begin = number === 0 ? 0 : ends[number - 1];
    return this.files.pieces("pairs", file, size + begin, [ends[number] - begin], async (packed) => readBlock(await inflate(packed, "deflate-raw")));
  }
}

/** @param {Uint8Array} bytes */
function readBlock(bytes) {
  const reader = new ByteReader(bytes);
  const count = reader.varint();
  let last = 0;
  const fingerprints = Array.from({ length: count }, () => (last += reader.varint()));
  const frequencies = Array.from({ length: count }, () => reader.varint());
  let sum = 0;
  const before = frequencies.map((frequency) => (sum += frequency) - frequency);
  return { fingerprints, frequencies, before, bytes, start: reader.at };
}

/** Two hashes to one, in 32 bits. @param {number} first @param {number} second @returns {number} */
function mixed(first, second) {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second ^ (second >>> 16), 0x85ebca77);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
