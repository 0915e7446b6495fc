/**
 * The files of the index: fetched when they are needed, checked, opened, and kept while there is room.
 *
 * A file that is missing, cut off, damaged or of another index is never read as if it were the right one:
 * an IndexTrouble says what is wrong, and the page offers a way on.
 *
 * @typedef {(path: string) => Promise<Uint8Array | null>} Fetcher
 * Returns the bytes of a file beside the search page; null where there is none. Rejects where the way is broken.
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
    /** @type {Uint8Array | null} */
    let bytes = null;
    try {
      this.requests++;
      bytes = await this.fetcher(path);
    } catch (error) {
      throw new IndexTrouble("unreachable", path);
    }
    if (bytes === null) throw new IndexTrouble("missing", path);
    this.bytes += bytes.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length < HEAD) throw new IndexTrouble("damaged", path);
    const edition = [...bytes.subarray(10, HEAD)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const isOurs = String.fromCharCode(...bytes.subarray(0, 4)) === "MBSI" && bytes[4] === FORMAT &&
      FAMILIES[bytes[5]] === family && view.getUint32(6) === number && edition === this.edition;
    if (!isOurs) throw new IndexTrouble("foreign", path);
    try {
      return await gunzip(bytes.subarray(HEAD));
    } catch (error) {
      throw new IndexTrouble("damaged", path);
    }
  }
}

/** Opens a gzip file; rejects where it is cut off or its checksum is wrong. @param {Uint8Array} packed @returns {Promise<Uint8Array>} */
async function gunzip(packed) {
  const stream = new Blob([/** @type {BlobPart} */ (packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
