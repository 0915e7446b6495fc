/**
 * The files of the index: fetched when they are needed, checked, opened, and kept while there is room.
 *
 * A file that is missing, cut off, damaged or of another index is never read as if it were the right one:
 * an IndexTrouble says what is wrong, and the page offers a way on.
 *
 * @typedef {{bytes: Uint8Array, isPart: boolean}} Fetched
 * @typedef {(path: string, first?: number, length?: number) => Promise<Fetched | null>} Fetcher
 * Returns the bytes of a file beside the search page, or where the server can only those from `first` on; null where
 * there is no such file. Rejects where the way is broken.
 * @typedef {"missing" | "damaged" | "foreign" | "unreachable" | "unsupported"} TroubleKind
 */
import { ByteReader } from "./bytes.js";

const FORMAT = 1;
const HEAD = 20; // bytes before the compressed content: 4 + 1 + 1 + 4 + 10
const FAMILIES = ["start", "lexicon", "postings", "forms", "tops", "vocabulary", "spelling", "pairs", "records", "columns"];
const MOST_KEPT = 600; // files that are kept opened

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
    this.fetcher = fetcher;
    /** @type {Map<string, Promise<unknown>>} */
    this.kept = new Map();
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.wholes = new Map();
    this.sendsParts = true; // whether the server answers ranges
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
    const path = `index/${this.edition}/${family}-${number}.bin`;
    const known = this.kept.get(path);
    if (known !== undefined) {
      this.kept.delete(path); // and back in as the youngest
      this.kept.set(path, known);
      return /** @type {Promise<T>} */ (known);
    }
    const made = this.open(path, family, number).then((bytes) => {
      try {
        return read(new ByteReader(bytes));
      } catch (error) {
        throw new IndexTrouble("damaged", path);
      }
    });
    this.kept.set(path, made);
    made.catch(() => this.kept.delete(path)); // so that another attempt asks anew
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return made;
  }

  /** @param {string} path @param {string} family @param {number} number @returns {Promise<Uint8Array>} */
  async open(path, family, number) {
    if (typeof DecompressionStream === "undefined") throw new IndexTrouble("unsupported", path);
    const { bytes } = await this.fetch(path);
    this.check(bytes, path, family, number);
    try {
      return await inflate(bytes.subarray(HEAD), "gzip");
    } catch (error) {
      throw new IndexTrouble("damaged", path);
    }
  }

  /**
   * Some bytes of a file whose content stands as it is; of the whole file, where the server sends no less.
   * @param {string} family @param {number} number @param {number} at  behind the head @param {number} length
   * @returns {Promise<Uint8Array>}
   */
  async part(family, number, at, length) {
    const path = `index/${this.edition}/${family}-${number}.bin`;
    const whole = this.wholes.get(path);
    if (whole !== undefined) return (await whole).subarray(HEAD + at, HEAD + at + length);
    const asked = this.fetch(path, HEAD + at, length);
    if (this.sendsParts) {
      const fetched = await asked;
      if (fetched.isPart) return fetched.bytes;
      this.sendsParts = false; // from now on a file is asked for once, and others wait for it
    }
    const made = asked.then((fetched) => {
      this.check(fetched.bytes, path, family, number);
      return fetched.bytes;
    });
    if (this.wholes.size >= MOST_KEPT) this.wholes.clear();
    this.wholes.set(path, made);
    made.catch(() => this.wholes.delete(path));
    return (await made).subarray(HEAD + at, HEAD + at + length);
  }

  /** @param {string} path @param {number} [first] @param {number} [length] @returns {Promise<Fetched>} */
  async fetch(path, first, length) {
    /** @type {Fetched | null} */
    let fetched = null;
    try {
      this.requests++;
      fetched = await this.fetcher(path, first, length);
    } catch (error) {
      throw new IndexTrouble("unreachable", path);
    }
    if (fetched === null) throw new IndexTrouble("missing", path);
    this.bytes += fetched.bytes.length;
    return fetched;
  }

  /** @param {Uint8Array} bytes @param {string} path @param {string} family @param {number} number */
  check(bytes, path, family, number) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length < HEAD) throw new IndexTrouble("damaged", path);
    const edition = [...bytes.subarray(10, HEAD)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const isOurs = String.fromCharCode(...bytes.subarray(0, 4)) === "MBSI" && bytes[4] === FORMAT &&
      FAMILIES[bytes[5]] === family && view.getUint32(6) === number && edition === this.edition;
    if (!isOurs) throw new IndexTrouble("foreign", path);
  }
}

/**
 * Opens what was compressed; rejects where it is cut off. Other forms than "gzip" have no checksum of their own.
 * @param {Uint8Array} packed @param {CompressionFormat} form @returns {Promise<Uint8Array>}
 */
export async function inflate(packed, form) {
  const stream = new Blob([/** @type {BlobPart} */ (packed)]).stream().pipeThrough(new DecompressionStream(form));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
