/** Reads numbers and texts from the bytes of a file of the index, in the order in which they were written. */

const UTF8 = new TextDecoder("utf-8", { fatal: true });

export class ByteReader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  /** A number in groups of seven bits, the lowest first (LEB128). @returns {number} */
  varint() {
    let found = 0;
    let factor = 1;
    for (;;) {
      if (this.at >= this.bytes.length) throw new RangeError("the file ends within a number");
      const byte = this.bytes[this.at++];
      found += (byte & 127) * factor;
      if (byte < 128) return found;
      factor *= 128;
    }
  }

  /** @param {number} length @returns {Uint8Array} */
  take(length) {
    if (this.at + length > this.bytes.length) throw new RangeError("the file ends too early");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** @returns {string} */
  text() {
    return UTF8.decode(this.take(this.varint()));
  }

  /** A string that shares its beginning with another. @param {string} before @returns {string} */
  frontCoded(before) {
    const shared = this.varint();
    return before.slice(0, shared) + this.text();
  }
}

const CRC_OF_BYTE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** @param {Uint8Array} bytes @returns {number} */
export function crc32Of(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_OF_BYTE[(crc ^ byte) & 255];
  return (crc ^ -1) >>> 0;
}

/** The CRC-32 of a word's UTF-8, by which pairs of words are found. @param {string} word @returns {number} */
export function crc32(word) {
  return crc32Of(new TextEncoder().encode(word));
}
