/**
 * What is shown of a record that was found, and its text: what a phrase is verified in, and snippets are cut from.
 *
 * @typedef {{text: string, weight: number}} Passage
 * @typedef {{id: string, url: string, type: string, spoken: string, council: string, date: string | null, dateShown: string | null, body: string | null,
 *   bodyName: string | null, outcome: string | null, citation: string,
 *   officialPage: string, topics: string[], title: string, passages: Passage[]}} Found
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
    /** @type {Map<number, Promise<Found>>} */
    this.opened = new Map();
    /** @type {WeakMap<Found, string>} */
    this.printed = new WeakMap();
  }

  /** @param {number} number @returns {Promise<Found>} */
  record(number) {
    const known = this.opened.get(number);
    if (known !== undefined) return known;
    if (this.opened.size >= MOST_RECORDS) this.opened.clear();
    const made = this.open(number);
    this.opened.set(number, made);
    made.catch(() => this.opened.delete(number));
    return made;
  }

  /** @param {number} number @returns {Promise<Found>} */
  async open(number) {
    const { recordsPerFile, recordSlot } = this.start;
    const file = Math.floor(number / recordsPerFile);
    const name = `records-${file}`;
    const slot = await this.files.part("records", file, (number % recordsPerFile) * recordSlot, recordSlot);
    if (slot.length < SLOT_HEAD) throw new IndexTrouble("damaged", name);
    const view = new DataView(slot.buffer, slot.byteOffset, slot.length);
    if (hexOf(slot.subarray(0, 4)) !== this.start.key || view.getUint32(4) !== number) throw new IndexTrouble("foreign", name);
    const length = view.getUint32(12) >>> 8;
    const place = view.getUint32(14) & 0xffffff;
    const room = recordSlot - SLOT_HEAD;
    const rest = length > room ? await this.files.part("records", file, place, length - room) : new Uint8Array(0);
    const packed = new Uint8Array(this.before.length + length);
    packed.set(this.before);
    packed.set(slot.subarray(SLOT_HEAD, SLOT_HEAD + Math.min(length, room)), this.before.length);
    packed.set(rest.subarray(0, Math.max(0, length - room)), this.before.length + Math.min(length, room));
    try {
      const bytes = (await inflate(packed, "deflate-raw")).subarray(this.known.length);
      if (crc32Of(bytes) !== view.getUint32(8)) throw new RangeError("the checksum is wrong");
      return readRecord(new TextDecoder().decode(bytes), this.start.councils);
    } catch (error) {
      throw new IndexTrouble("damaged", name);
    }
  }

  /** Whether words stand in a row in one passage of a record. @param {Found} record @param {string[]} row */
  hasRow(record, row) {
    let printed = this.printed.get(record);
    if (printed === undefined) {
      printed = record.passages.map((passage) => ` ${words(passage.text).map((word) => word.printed).join(" ")} `).join("\n");
      this.printed.set(record, printed);
    }
    return printed.includes(` ${row.join(" ")} `);
  }
}

/** @param {string} line @param {Record<string, string>} councils @returns {Found} */
function readRecord(line, councils) {
  const [id, url, type, date, body, outcome, citation, officialPage, topics, weights, texts] = JSON.parse(line);
  return {
    id, type: typeof type === "string" ? type : type[0], spoken: typeof type === "string" ? type : type[1],
    council: councils[id.split("/")[0]] ?? "", url: url || `${id}/`, outcome: outcome || null,
    date: date ? date[0] : null, dateShown: date ? date[1] : null,
    body: body ? body[0] : null, bodyName: body ? body[1] : null,
    citation: citation || "",
    officialPage: officialPage || "",
    topics: topics || [],
    title: texts[0],
    passages: texts.map((/** @type {string} */ text, /** @type {number} */ at) => ({ text, weight: weights[at] })),
  };
}
