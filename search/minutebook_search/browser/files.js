/**
 * The files of the index: fetched when they are needed, checked, opened, and kept while there is room.
 *
 * A file that is missing, cut off, damaged or of another index is never read as if it were the right one:
 * an IndexTrouble says what is wrong, and the page offers a way on.
 *
 * @typedef {{bytes: Uint8Array, isPart: boolean, sendsParts?: boolean}} Fetched  `sendsParts` is whether the server says that it answers ranges
 * @typedef {(path: string, first?: number, length?: number, isLarge?: boolean) => Promise<Fetched | null>} Fetcher
 * Returns the bytes of a file beside the search page, or where the server can only those from `first` on; null where
 * there is no such file. Of a large file nothing but the part is waited for. Rejects where the way is broken.
 * @typedef {"missing" | "damaged" | "foreign" | "unreachable" | "unsupported"} TroubleKind
 */
import { ByteReader, crc32Of } from "./bytes.js";

const FORMAT = 4;
const HEAD = 15; // bytes before the content: 4 + 1 + 1 + 4 + 5
const FAMILIES = ["start", "lexicon", "postings", "tops", "vocabulary", "spelling", "pairs", "records", "texts", "columns"];
export const PIECE_HEAD = 8; // bytes before the content of a piece: key 4, checksum 4
const MOST_KEPT = 600; // files and pieces that are kept opened

export class IndexTrouble extends Error {
  /** @param {TroubleKind} kind @param {string} file */
  constructor(kind, file) {
    super(`search index: ${file} is ${kind}`);
    this.kind = kind;
    this.file = file;
  }
}

export class IndexFiles {
  /** @param {string} edition  in hexadecimal digits, as in the addresses @param {Fetcher} fetcher */
  constructor(edition, fetcher) {
    this.edition = edition;
    this.key = ""; // what pieces begin with, in hexadecimal digits; the start file says it, and what groups there are
    /** @type {import("./lexicon.js").Start["groups"]} */
    this.groups = {};
    this.fetcher = fetcher;
    /** @type {Map<string, Promise<unknown>>} */
    this.kept = new Map();
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.wholes = new Map();
    /** Whether ranges are answered; null while nobody knows. @type {boolean | null} */
    this.sendsParts = null;
    /** The first request for a part, which the others wait for while nobody knows. @type {Promise<unknown> | null} */
    this.probing = null;
    this.saysSo = false; // the server itself: a browser's cache answers ranges of whole files that it has
    this.requests = 0;
    this.bytes = 0;
  }

  /**
   * What a file holds, as `read` makes it of its bytes; made once.
   * @template T
   * @param {string} family @param {number} number @param {(reader: ByteReader) => T} read
   * @returns {Promise<T>}
   */
  get(family, number, read) {
    return this.whole(family, number, async (packed) => read(new ByteReader(await inflate(packed, "gzip"))));
  }

  /**
   * The same of a file that is not opened yet.
   * @template T
   * @param {string} family @param {number} number @param {(packed: Uint8Array) => Promise<T>} read
   * @returns {Promise<T>}
   */
  whole(family, number, read) {
    const path = this.path(family, number);
    return this.keep(path, path, async () => {
      if (typeof DecompressionStream === "undefined") throw new IndexTrouble("unsupported", path);
      const { bytes } = await this.fetch(path);
      this.check(bytes, path, family, number);
      return read(bytes.subarray(HEAD));
    });
  }

  /**
   * What some pieces of a file that follow one another hold, as `read` makes it of their bytes; made once.
   * @template T
   * @param {string} family @param {number} number @param {number} at  behind the head @param {number[]} lengths
   * @param {(...contents: Uint8Array[]) => T | Promise<T>} read
   * @returns {Promise<T>}
   */
  pieces(family, number, at, lengths, read) {
    const path = this.path(family, number);
    return this.keep(`${path} ${at} ${lengths}`, path, async () => {
      const total = lengths.reduce((one, other) => one + other);
      const bytes = await this.part(family, number, at, total);
      if (bytes.length < total) throw new RangeError("the piece is cut off");
      let end = 0;
      return read(...lengths.map((length) => {
        const piece = bytes.subarray(end, (end += length));
        if (hexOf(piece.subarray(0, 4)) !== this.key) throw new IndexTrouble("foreign", path);
        const content = piece.subarray(PIECE_HEAD);
        if (crc32Of(content) !== new DataView(piece.buffer, piece.byteOffset).getUint32(4)) throw new RangeError("the checksum is wrong");
        return content;
      }));
    });
  }

  /** @param {string} family @param {number} number */
  path(family, number) {
    return `index/${this.groupOf(family, number)}/${family}-${number}.bin`;
  }

  /** The name of the group that a file is in: a digest of what they hold. @param {string} family @param {number} number */
  groupOf(family, number) {
    const [size, ...names] = this.groups[family] ?? [1];
    return names[Math.floor(number / size)] ?? this.edition;
  }

  /**
   * What was made under a name, or is now; what cannot be read is damaged.
   * @template T
   * @param {string} name @param {string} path @param {() => Promise<T>} make @returns {Promise<T>}
   */
  keep(name, path, make) {
    const known = this.kept.get(name);
    if (known !== undefined) {
      this.kept.delete(name); // and back in as the youngest
      this.kept.set(name, known);
      return /** @type {Promise<T>} */ (known);
    }
    const made = make().catch((error) => {
      throw error instanceof IndexTrouble ? error : new IndexTrouble("damaged", path);
    });
    this.kept.set(name, made);
    made.catch(() => this.kept.delete(name)); // so that another attempt asks anew
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return made;
  }

  /**
   * Some bytes of a file whose content stands as it is; of the whole file, where the server sends no less.
   * @param {string} family @param {number} number @param {number} at  behind the head @param {number} length
   * @returns {Promise<Uint8Array>}
   */
  async part(family, number, at, length) {
    const path = this.path(family, number);
    if (this.sendsParts === null && this.probing !== null) await this.probing;
    let whole = this.wholes.get(path);
    if (whole === undefined) {
      let asked;
      if (this.sendsParts !== false) {
        const answer = this.fetch(path, HEAD + at, length);
        if (this.sendsParts === null) this.probing = answer.catch(() => null);
        const fetched = await answer;
        this.sendsParts = fetched.isPart;
        if (fetched.isPart) return fetched.bytes;
        asked = Promise.resolve(fetched);
      } else {
        // Whole, once, and others wait for it. A range would be answered by the browser's own cache, now with a part.
        asked = this.fetch(path);
      }
      whole = asked.then((fetched) => {
        this.check(fetched.bytes, path, family, number);
        return fetched.bytes;
      });
      if (this.wholes.size >= MOST_KEPT) this.wholes.clear();
      this.wholes.set(path, whole);
      whole.catch(() => this.wholes.delete(path));
    }
    return (await whole).subarray(HEAD + at, HEAD + at + length);
  }

  /** Some bytes of a large file; null where the server sends nothing less than all of it. @param {string} family @param {number} number @param {number} at  behind the head @param {number} length */
  async partOfLarge(family, number, at, length) {
    if (!this.saysSo || this.sendsParts === false) return null;
    const { bytes, isPart } = await this.fetch(this.path(family, number), HEAD + at, length, true);
    this.sendsParts = isPart;
    return isPart ? bytes : null;
  }

  /** @param {string} path @param {number} [first] @param {number} [length] @param {boolean} [isLarge] @returns {Promise<Fetched>} */
  async fetch(path, first, length, isLarge) {
    /** @type {Fetched | null} */
    let fetched = null;
    try {
      this.requests++;
      fetched = await this.fetcher(path, first, length, isLarge);
    } catch (error) {
      throw new IndexTrouble("unreachable", path);
    }
    if (fetched === null) throw new IndexTrouble("missing", path);
    this.bytes += fetched.bytes.length;
    if (fetched.sendsParts) {
      this.saysSo = true;
      this.sendsParts ??= true;
    }
    return fetched;
  }

  /** @param {Uint8Array} bytes @param {string} path @param {string} family @param {number} number */
  check(bytes, path, family, number) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length < HEAD) throw new IndexTrouble("damaged", path);
    const isOurs = String.fromCharCode(...bytes.subarray(0, 4)) === "MBSI" && bytes[4] === FORMAT &&
      FAMILIES[bytes[5]] === family && view.getUint32(6) === number && hexOf(bytes.subarray(10, HEAD)) === this.groupOf(family, number);
    if (!isOurs) throw new IndexTrouble("foreign", path);
  }
}

/** Bytes in hexadecimal digits. @param {Uint8Array} bytes */
export function hexOf(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Opens what was compressed; rejects where it is cut off. Other forms than "gzip" have no checksum of their own.
 * @param {Uint8Array} packed @param {CompressionFormat} form @returns {Promise<Uint8Array>}
 */
export async function inflate(packed, form) {
  const stream = new Blob([/** @type {BlobPart} */ (packed)]).stream().pipeThrough(new DecompressionStream(form));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
