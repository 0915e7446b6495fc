/**
 * What is shown of a record that was found, and its text: what a phrase is verified in, and snippets are cut from.
 * A server that answers ranges of bytes sends a record alone; from any other it is taken with its neighbours.
 *
 * @typedef {{document: string, place: string, apart: boolean}} Origin
 * Where words are from: the title of a document and the place in it, each empty where that is not known; `apart` says
 * that they stand on the page of the record's receipts, and not on its own.
 * @typedef {{text: string, weight: number, origin?: Origin}} Passage
 * @typedef {{id: string, url: string, type: string, spoken: string, council: string, date: string | null, dateShown: string | null, body: string | null,
 *   bodyName: string | null, outcome: string | null, citation: string,
 *   officialPage: string, topics: string[], title: string, passages: Passage[]}} ShownRecord
 */
import { crc32Of } from "./bytes.js";
import { hexOf, inflate, IndexTrouble } from "./files.js";
import { words } from "./words.js";

const SLOT_HEAD = 18; // bytes: key 4, number 4, checksum 4, length 3, place of the rest 3
const MOST_RECORDS = 400; // that are kept opened

export class Records {
  /** @param {import("./files.js").IndexFiles} files @param {import("./lexicon.js").Start} start */
  constructor(files, start) {
    this.files = files;
    this.start = start;
    // A stored block of deflate: as if the words that many records have had just been read.
    const known = new TextEncoder().encode(start.recordWords);
    const length = known.length;
    this.known = known;
    this.before = Uint8Array.of(0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255, ...known);
    /** @type {Map<number, Promise<ShownRecord>>} */
    this.opened = new Map();
    /** @type {WeakMap<ShownRecord, string>} */
    this.printed = new WeakMap();
  }

  /** @param {number} number @returns {Promise<ShownRecord>} */
  record(number) {
    const known = this.opened.get(number);
    if (known !== undefined) return known;
    if (this.opened.size >= MOST_RECORDS) this.opened.clear();
    const made = this.open(number);
    this.opened.set(number, made);
    made.catch(() => this.opened.delete(number));
    return made;
  }

  /** @param {number} number @returns {Promise<ShownRecord>} */
  async open(number) {
    return readRecord((await this.alone(number)) ?? (await this.withNeighbours(number)), this.start.councils);
  }

  /** The line of a record, from its slot in a large file; null where the server sends no parts of files. @param {number} number @returns {Promise<string | null>} */
  async alone(number) {
    const { recordsPerFile, recordSlot } = this.start;
    const file = Math.floor(number / recordsPerFile);
    const name = `records-${file}`;
    const slot = await this.files.partOfLarge("records", file, (number % recordsPerFile) * recordSlot, recordSlot);
    if (slot === null) return null;
    if (slot.length < SLOT_HEAD) throw new IndexTrouble("damaged", name);
    const view = new DataView(slot.buffer, slot.byteOffset, slot.length);
    if (hexOf(slot.subarray(0, 4)) !== this.start.key || view.getUint32(4) !== number) throw new IndexTrouble("foreign", name);
    const length = view.getUint32(12) >>> 8;
    const place = view.getUint32(14) & 0xffffff;
    const room = recordSlot - SLOT_HEAD;
    const packed = new Uint8Array(length);
    packed.set(slot.subarray(SLOT_HEAD, SLOT_HEAD + Math.min(length, room)));
    if (length > room) {
      const rest = await this.files.partOfLarge("records", file, place, length - room);
      if (rest === null) return null;
      packed.set(rest.subarray(0, length - room), room);
    }
    return this.unpacked(packed, view.getUint32(8)).catch(() => {
      throw new IndexTrouble("damaged", name);
    });
  }

  /** The same, from a small file of a few records. @param {number} number @returns {Promise<string>} */
  async withNeighbours(number) {
    const { textsPerFile } = this.start;
    const lines = await this.files.whole("texts", Math.floor(number / textsPerFile), async (bytes) =>
      (await this.unpacked(bytes.subarray(4), new DataView(bytes.buffer, bytes.byteOffset).getUint32(0))).split("\n"));
    return lines[number % textsPerFile];
  }

  /** What was compressed as if the words that many records have had just been read. @param {Uint8Array} packed @param {number} check */
  async unpacked(packed, check) {
    const all = new Uint8Array(this.before.length + packed.length);
    all.set(this.before);
    all.set(packed, this.before.length);
    const bytes = (await inflate(all, "deflate-raw")).subarray(this.known.length);
    if (crc32Of(bytes) !== check) throw new RangeError("the checksum is wrong");
    return new TextDecoder().decode(bytes);
  }

  /** Whether words stand in a row in one passage of a record. @param {ShownRecord} record @param {string[]} row */
  hasRow(record, row) {
    let printed = this.printed.get(record);
    if (printed === undefined) {
      printed = record.passages.map((passage) => ` ${words(passage.text).map((word) => word.printed).join(" ")} `).join("\n");
      this.printed.set(record, printed);
    }
    return printed.includes(` ${row.join(" ")} `);
  }
}

/** @param {string} line @param {Record<string, string>} councils @returns {ShownRecord} */
function readRecord(line, councils) {
  const [id, url, type, date, body, outcome, citation, officialPage, topics, weights, texts, places = [], from = []] = JSON.parse(line);
  const origins = places.map((/** @type {[string, string, number?]} */ [document, place, apart]) => ({ document, place, apart: apart === 1 }));
  return {
    id, type: typeof type === "string" ? type : type[0], spoken: typeof type === "string" ? type : type[1],
    council: councils[id.split("/")[0]] ?? "", url: url || `${id}/`, outcome: outcome || null,
    date: date ? date[0] : null, dateShown: date ? date[1] : null,
    body: body ? body[0] : null, bodyName: body ? body[1] : null,
    citation: citation || "",
    officialPage: officialPage || "",
    topics: topics || [],
    title: texts[0],
    passages: texts.map((/** @type {string} */ text, /** @type {number} */ at) => ({ text, weight: weights[at], origin: origins[(from[at] || from[0]) - 1] })), // what has none of its own: what the record cites, as its title has it
  };
}
