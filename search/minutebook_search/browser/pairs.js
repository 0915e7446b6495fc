/** Which documents have two words side by side: what phrases are looked for by, before their text is asked. */
import { ByteReader, crc32 } from "./bytes.js";

export class Pairs {
  /** @param {import("./files.js").IndexFiles} files @param {number} count @param {number} bits */
  constructor(files, count, bits) {
    this.files = files;
    this.count = count;
    this.bits = bits;
  }

  /**
   * Documents that have the two words in a row, and a few that have not; 1 where they stand in a place of weight.
   * @param {string} first @param {string} second @returns {Promise<{documents: Uint32Array, parts: Float32Array}>}
   */
  async documents(first, second) {
    const hash = mixed(crc32(first), crc32(second));
    const file = await this.files.get("pairs", hash % this.count, (reader) => readPairs(reader.bytes));
    const wanted = Math.floor(hash / this.count) & ((1 << this.bits) - 1);
    const place = file.fingerprints.indexOf(wanted);
    if (place < 0) return { documents: new Uint32Array(0), parts: new Float32Array(0) };
    const length = file.frequencies[place];
    const documents = new Uint32Array(length);
    const parts = new Float32Array(length);
    const reader = new ByteReader(file.bytes);
    reader.at = file.start;
    for (let skip = file.before[place]; skip > 0; reader.at++) if (file.bytes[reader.at] < 128) skip--;
    let document = 0;
    for (let number = 0; number < length; number++) {
      const value = reader.varint();
      document += Math.floor(value / 2);
      documents[number] = document;
      parts[number] = value & 1;
    }
    return { documents, parts };
  }
}

/** @param {Uint8Array} bytes */
function readPairs(bytes) {
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
