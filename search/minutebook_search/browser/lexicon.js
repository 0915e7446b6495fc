/**
 * Which documents have a word: the lexicon, and the postings that it leads to.
 *
 * @typedef {{documents: Uint32Array, parts: Float32Array}} Postings
 * Documents in order, and for each how much of a word's full weight it has: from 0 to 1; of a field's value, 0.
 * @typedef {{shard: number, forms: string[], frequency: number, length: number, pack: number, at: number,
 *   inline: Uint8Array | null, masksLength: number, masks: Uint8Array | null, topAt: number}} Entry
 * One key: where its postings, its masks (which form stands in which document) and its best documents are.
 * @typedef {{format: number, documents: number, facets: string[], councils: Record<string, string>, recordsPerFile: number, recordSlot: number, textsPerFile: number, key: string,
 *   recordWords: string, steps: number, firstKeys: string[],
 *   firstWords: string[], firstPlaces: string[], pairFiles: number, fingerprintBits: number, blockBits: number, synonyms: string[][],
 *   groups: Record<string, [number, ...string[]]>}} Start
 * `groups` are for each family how many files are named together, and their names; `councils` the titles of councils.
 */
import { ByteReader } from "./bytes.js";
import { inflate, PIECE_HEAD } from "./files.js";
import { stem } from "./stem.js";

const TOP_DOCUMENTS = 25;
const TOP_ENTRY_BYTES = 4;
const TOP_BYTES = PIECE_HEAD + TOP_DOCUMENTS * TOP_ENTRY_BYTES; // of a piece
const HIGHEST_PART = 2.2 * 1.1; // (K1 + 1) of BM25, times the most that a kind of record counts
const FIELD_KEY = "\uffff";

export class Lexicon {
  /** @param {import("./files.js").IndexFiles} files @param {Start} start */
  constructor(files, start) {
    this.files = files;
    this.start = start;
  }

  /** The entry of a stem; null where no document has it. @param {string} key @returns {Promise<Entry | null>} */
  async entry(key) {
    const shard = placeIn(this.start.firstKeys, key);
    if (shard < 0) return null;
    const entries = await this.files.get("lexicon", shard, (reader) => readShard(reader, shard));
    return entries.get(key) ?? null;
  }

  /** The entry of a field's value, by one of its names. @param {string} field @param {string} key */
  value(field, key) {
    return this.entry(`${FIELD_KEY}${field}:${key}`);
  }

  /** How much a word of this frequency tells documents apart. @param {number} frequency */
  weight(frequency) {
    return (Math.log(this.start.documents / (frequency + 1)) + 1) * HIGHEST_PART;
  }

  /** @param {Entry} entry @returns {Promise<Postings>} */
  async postings(entry) {
    const { steps } = this.start;
    if (entry.inline !== null) return readPostings(entry.inline, entry, steps);
    return this.files.pieces("postings", entry.pack, entry.at, [entry.length], async (packed) =>
      readPostings(await inflate(packed, "deflate-raw"), entry, steps));
  }

  /** The documents of an entry in which one of some of its forms stands. @param {Entry} entry @param {(form: string) => boolean} isMeant @returns {Promise<Postings>} */
  async ofForms(entry, isMeant) {
    const meant = entry.forms.map(isMeant);
    if (meant.every((one) => one)) return this.postings(entry);
    const count = entry.forms.length;
    const { steps } = this.start;
    const [all, masks] = entry.inline !== null && entry.masks !== null
      ? [readPostings(entry.inline, entry, steps), entry.masks]
      : await this.files.pieces("postings", entry.pack, entry.at, [entry.length, entry.masksLength], async (packed, packedMasks) =>
        /** @type {[Postings, Uint8Array]} */ ([readPostings(await inflate(packed, "deflate-raw"), entry, steps), await inflate(packedMasks, "deflate-raw")]));
    /** @type {number[]} */
    const kept = [];
    for (let at = 0; at < entry.frequency; at++) {
      for (let form = 0; form < count; form++) {
        const bit = at * count + form;
        if (meant[form] && masks[bit >> 3] & (128 >> (bit & 7))) {
          kept.push(at);
          break;
        }
      }
    }
    return { documents: Uint32Array.from(kept, (at) => all.documents[at]), parts: Float32Array.from(kept, (at) => all.parts[at]) };
  }

  /** The best documents of a frequent word, the best first; null where all its postings are short. @param {Entry} entry @returns {Promise<Postings | null>} */
  async top(entry) {
    if (entry.topAt < 0) return null;
    return this.files.pieces("tops", entry.shard, entry.topAt, [TOP_BYTES], (bytes) => {
      const documents = new Uint32Array(TOP_DOCUMENTS);
      const parts = new Float32Array(TOP_DOCUMENTS);
      for (let number = 0; number < TOP_DOCUMENTS; number++) {
        const at = number * TOP_ENTRY_BYTES;
        documents[number] = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
        parts[number] = bytes[at + 3] / 255;
      }
      return { documents, parts };
    });
  }

  /**
   * The printed words that begin with some letters, in alphabetical order, each with the stems that it has.
   * @param {string} letters @param {number} most
   * @returns {Promise<{words: Map<string, Set<string>>, isCut: boolean}>}
   */
  async beginning(letters, most) {
    /** @type {Map<string, Set<string>>} */
    const words = new Map();
    for (let file = Math.max(0, placeIn(this.start.firstWords, letters)); file < this.start.firstWords.length; file++) {
      const held = await this.files.get("vocabulary", file, readVocabulary);
      for (const [printed, stemmed] of held) {
        if (!printed.startsWith(letters)) {
          if (printed > letters) return { words, isCut: false };
          continue;
        }
        const stems = words.get(printed);
        if (stems !== undefined) stems.add(stemmed);
        else if (words.size === most) return { words, isCut: true };
        else words.set(printed, new Set([stemmed]));
      }
    }
    return { words, isCut: false };
  }

  /** Whether a word is printed so anywhere, whatever it is stemmed from. @param {string} printed @returns {Promise<boolean>} */
  async isPrinted(printed) {
    return (await this.beginning(printed, 1)).words.has(printed);
  }
}

/** The place of the last of some ordered strings that is no greater than another; -1 where all are. @param {string[]} ordered @param {string} key */
export function placeIn(ordered, key) {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordered[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** @param {ByteReader} reader @param {number} shard @returns {Map<string, Entry>} */
function readShard(reader, shard) {
  let pack = reader.varint() - 1;
  const count = reader.varint();
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  let key = "";
  let at = 0;
  let topAt = 0;
  for (let number = 0; number < count; number++) {
    key = reader.frontCoded(key);
    const forms = Array.from({ length: reader.varint() }, () => reader.frontCoded(key));
    const frequency = reader.varint();
    const flags = reader.varint();
    const length = Math.floor(flags / 8);
    const masks = forms.length > 1 ? Math.ceil((frequency * forms.length) / 8) : 0;
    /** @type {Entry} */
    const entry = { shard, forms, frequency, length, pack: 0, at: 0, inline: null, masksLength: 0, masks: null, topAt: -1 };
    if (flags & 4) {
      entry.topAt = topAt;
      topAt += TOP_BYTES;
    }
    if (flags & 1) {
      entry.inline = reader.take(length);
      entry.masks = reader.take(masks);
    } else {
      if (masks > 0) entry.masksLength = reader.varint();
      if (flags & 2) {
        pack++;
        at = 0;
      }
      entry.pack = pack;
      entry.at = at;
      at += length + entry.masksLength;
    }
    entries.set(key, entry);
  }
  return entries;
}

/** @param {Uint8Array} bytes @param {Entry} entry @param {number} steps @returns {Postings} */
function readPostings(bytes, entry, steps) {
  const documents = new Uint32Array(entry.frequency);
  const parts = new Float32Array(entry.frequency);
  const reader = new ByteReader(bytes);
  let document = 0;
  for (let number = 0; number < entry.frequency; number++) {
    document += reader.varint();
    documents[number] = document;
  }
  const impacts = reader.at;
  if (entry.forms.length > 0) {
    for (let number = 0; number < entry.frequency; number++) {
      const byte = steps > 15 ? bytes[impacts + number] : bytes[impacts + (number >> 1)];
      parts[number] = (steps > 15 ? byte : number & 1 ? byte & 15 : byte >> 4) / steps;
    }
  }
  return { documents, parts };
}

/** @param {ByteReader} reader @returns {[string, string][]} */
function readVocabulary(reader) {
  let before = "";
  return Array.from({ length: reader.varint() }, () => {
    before = reader.frontCoded(before);
    return [before, reader.text() || stem(before)];
  });
}
