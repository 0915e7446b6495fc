/**
 * What is shown of a record that was found, and its text: what a phrase is verified in, and snippets are cut from.
 *
 * @typedef {{text: string, weight: number}} Passage
 * @typedef {{id: string, url: string, type: string, date: string | null, dateShown: string | null, body: string | null,
 *   bodyName: string | null, outcome: string | null, citation: string, title: string, passages: Passage[]}} Found
 */
import { words } from "./words.js";

export class Records {
  /** @param {import("./files.js").IndexFiles} files @param {number} perFile */
  constructor(files, perFile) {
    this.files = files;
    this.perFile = perFile;
    /** @type {WeakMap<Found, string>} */
    this.printed = new WeakMap();
  }

  /** @param {number} number @returns {Promise<Found>} */
  async record(number) {
    const held = await this.files.get("records", Math.floor(number / this.perFile), (reader) =>
      new TextDecoder().decode(reader.bytes).split("\n").map(readRecord));
    return held[number % this.perFile];
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

/** @param {string} line @returns {Found} */
function readRecord(line) {
  const [id, url, type, date, body, outcome, citation, weights, texts] = JSON.parse(line);
  return {
    id, type, url: url || `${id}/`, outcome: outcome || null,
    date: date ? date[0] : null, dateShown: date ? date[1] : null,
    body: body ? body[0] : null, bodyName: body ? body[1] : null,
    citation: citation || "",
    title: texts[0],
    passages: texts.map((/** @type {string} */ text, /** @type {number} */ at) => ({ text, weight: weights[at] })),
  };
}
