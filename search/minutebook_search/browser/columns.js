/**
 * What every document has: its dates, and one value of each facet.
 *
 * @typedef {{values: [string, string][], numbers: Uint16Array}} Facet
 * Values with their names, the most frequent first; for each document the place of its value from 1 on, 0 for none.
 */
import { yearOf } from "./dates.js";

const WIDEST = 100; // years; what is dated more widely would be counted in all of them

export class Columns {
  /** @param {import("./files.js").IndexFiles} files @param {number} count @param {string[]} facets */
  constructor(files, count, facets) {
    this.files = files;
    this.count = count;
    this.facets = facets;
  }

  /** @returns {Promise<DateColumn>} */
  dates() {
    return this.files.get("columns", 0, (reader) => new DateColumn(reader, this.count));
  }

  /** @param {string} field @returns {Promise<Facet>} */
  facet(field) {
    return this.files.get("columns", 1 + this.facets.indexOf(field), (reader) => {
      const values = JSON.parse(reader.text());
      const low = reader.take(this.count);
      const high = values.length > 255 ? reader.take(this.count) : null;
      return { values, numbers: Uint16Array.from(low, (byte, at) => byte | ((high?.[at] ?? 0) << 8)) };
    });
  }
}

export class DateColumn {
  /** @param {import("./bytes.js").ByteReader} reader @param {number} count */
  constructor(reader, count) {
    this.undated = reader.varint(); // documents without a date come first
    const wide = reader.varint();
    this.firsts = new Int32Array(count);
    let day = 0;
    for (let number = this.undated; number < count; number++) this.firsts[number] = day += reader.varint();
    this.lasts = this.firsts.slice();
    let number = 0;
    const numbers = Array.from({ length: wide }, () => (number += reader.varint()));
    for (const one of numbers) this.lasts[one] += reader.varint();
    // What calls one day probable is put in order by it, and can have been on others.
    this.earliest = this.firsts.slice();
    this.latest = this.lasts.slice();
    const probable = reader.varint();
    let other = 0;
    const others = Array.from({ length: probable }, () => (other += reader.varint()));
    for (const one of others) {
      this.earliest[one] -= reader.varint();
      this.latest[one] += reader.varint();
    }
  }

  /** Documents whose date can lie on one of these days. @param {number | null} first @param {number | null} last @returns {Uint32Array} */
  within(first, last) {
    const found = [];
    for (let number = this.undated; number < this.firsts.length; number++) {
      if ((last === null || this.earliest[number] <= last) && (first === null || this.latest[number] >= first)) found.push(number);
    }
    return Uint32Array.from(found);
  }

  /** Documents that have no date. @returns {Uint32Array} */
  without() {
    return Uint32Array.from({ length: this.undated }, (_, number) => number);
  }

  /** The years in which a document can lie, the first and the last; null for none. @param {number} number @returns {[number, number] | null} */
  years(number) {
    if (number < this.undated) return null;
    const first = cachedYear(this.earliest[number]);
    const last = this.earliest[number] === this.latest[number] ? first : cachedYear(this.latest[number]);
    return last - first < WIDEST ? [first, last] : null;
  }
}

/** @type {Map<number, number>} */
const YEARS_OF_DAYS = new Map();

/** @param {number} day */
function cachedYear(day) {
  let year = YEARS_OF_DAYS.get(day);
  if (year === undefined) YEARS_OF_DAYS.set(day, (year = yearOf(day)));
  return year;
}
