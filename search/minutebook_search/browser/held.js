/**
 * Numbers of reports, minutes and items that no record has: the nearest that records have, offered in their place.
 * As `minutebook_search/held_numbers.py`.
 *
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./parser.js").ParsedQuery} ParsedQuery
 * @typedef {import("./records.js").ShownRecord} ShownRecord
 * @typedef {{start: number, end: number, asked: string, kind: string, near: string[], held?: {said: string, url: string}[]}} Offer
 * A number that no record has, with its places in the query that was searched, and the nearest as records print them; of
 * one that a single report has, the address of that.
 */
import { NUMBERED, possibleCodes, rows } from "./meaning.js";
import { swapped } from "./spelling.js";
import { stem } from "./stem.js";
import { compounds, FEWEST_DIGITS, joined, MOST_DIGITS, spoken, words } from "./words.js";

const OFFERED = 3;
const LOOKED_AT = 6; // of the nearest, until so many are found to be numbers of records
const MOST_WORDS = 200; // that are asked for at once
const BLOCKS = [3, 2]; // last digits of a code that others may differ in: of a thousand, and where there are too many of a hundred
const DIGITS_BEFORE = 2; // of the year that most codes of reports begin with
const FEW_RECORDS = 3; // in which it is looked up how a code is printed
const FURTHEST = 20; // minutes or items further down or up
const ROWS = 12; // of words that are asked for, to find the nearest minutes
const VERIFIED = 30; // records that are asked whether a minute is theirs
const WHOLE_CODE = new RegExp(`^([a-z]{2,6})([0-9]{${FEWEST_DIGITS},${MOST_DIGITS}})$`);
const TYPED = /^([a-z]{2,6})([0-9oil]+)$/;
const COUNTED = /^[1-9][0-9]{0,3}$/;
// What is numbered one after another, by the words that ask for it: a resolution has the number of its minute.
const KINDS = new Map([["minute", "minute"], ["minutes", "minute"], ["resolution", "minute"], ["item", "item"]]);

/** What to offer for the numbers of a query that no record has, from left to right. @param {Engine} engine @param {ParsedQuery} asked @returns {Promise<Offer[]>} */
export async function offersFor(engine, asked) {
  const found = [...(await ofCodes(engine, asked)), ...(await ofCounted(engine, asked))];
  return found.sort((one, other) => one.start - other.start);
}

/** @param {Offer} offer */
export function offerSaid({ asked, kind, near }) {
  const last = `\`${near[near.length - 1]}\``;
  const others = near.slice(0, -1).map((one) => `\`${one}\``);
  const what = kind === "report" ? `report \`${asked}\` is held` : kind === "number" ? `record has the number \`${asked}\`` : `\`${asked}\` is held`;
  return `no ${what}: the nearest ${others.length > 0 ? `are ${others.join(", ")} and ${last}` : `is ${last}`}`;
}

// -- codes, such as ACH21-044 ---------------------------------------------------------------------

/** @param {Engine} engine @param {ParsedQuery} asked */
async function ofCodes(engine, asked) {
  /** @type {Offer[]} */
  const found = [];
  let end = 0;
  for (const code of possibleCodes(asked)) {
    if (code.start < end) continue;
    if ((await engine.lexicon.entry(stem(code.whole))) !== null) {
      end = code.end;
      continue;
    }
    const nearest = (await nearCodes(engine, code.whole)).slice(0, LOOKED_AT);
    const printed = (await Promise.all(nearest.map((one) => printedIn(engine, one)))).flatMap((one) => one ?? []);
    const held = printed.filter((one) => one.isHeld);
    if (printed.length === 0) continue;
    end = code.end;
    const near = [...new Set((held.length > 0 ? held : printed).map((one) => one.said))].slice(0, OFFERED);
    found.push({ start: code.start, end, asked: asked.text.slice(code.start, end), kind: held.length > 0 ? "report" : "number", near, held });
  }
  return found;
}

/**
 * The codes that records have, the nearest first: two signs in each other's place, then the next numbers. The same number
 * of the year before or after is as near as the next number.
 * @param {Engine} engine @param {string} typed
 */
async function nearCodes(engine, typed) {
  const parts = TYPED.exec(typed);
  if (parts === null) return [];
  const letters = parts[1];
  const digits = parts[2].replace(/o/g, "0").replace(/[il]/g, "1");
  const swaps = await Promise.all(swapped([...letters, ...digits]).map(async (one) =>
    (WHOLE_CODE.test(one) && (await engine.lexicon.isPrinted(one)) ? [one] : [])));
  /** @type {[number, string][]} */
  const byDistance = [];
  for (const one of await alike(engine, letters, digits, swaps.flat().length === 0)) {
    const code = WHOLE_CODE.exec(one);
    if (code !== null && code[1] === letters && code[2].length === digits.length) byDistance.push([Math.abs(Number(code[2]) - Number(digits)), one]);
  }
  const years = nextYears(letters, digits).map(async (one) => ((await engine.lexicon.isPrinted(one)) ? [one] : []));
  for (const one of (await Promise.all(years)).flat()) byDistance.push([1, one]);
  byDistance.sort((one, other) => one[0] - other[0] || (one[1] < other[1] ? -1 : 1));
  return [...new Set([...swaps.flat(), ...byDistance.map(([, one]) => one)])];
}

/** The words that begin as a code does, but for its last digits; where none does, and `far`, with its letters alone. @param {Engine} engine @param {string} letters @param {string} digits @param {boolean} far */
async function alike(engine, letters, digits, far) {
  for (const last of BLOCKS) {
    const found = await beginning(engine, letters + digits.slice(0, -last));
    if (found !== null) return found.length > 0 || !far ? found : ((await beginning(engine, letters)) ?? []);
  }
  return [];
}

/** The words that begin with some letters; null where they are too many. @param {Engine} engine @param {string} letters */
async function beginning(engine, letters) {
  const { words: found, isCut } = await engine.lexicon.beginning(letters, MOST_WORDS);
  return isCut ? null : [...found.keys()];
}

/** A code as a record prints it, and whether it is the number of a report that is held. @param {Engine} engine @param {string} code */
async function printedIn(engine, code) {
  const entry = await engine.lexicon.entry(stem(code));
  if (entry === null) return null;
  const [{ documents }, { values, numbers }] = await Promise.all([engine.lexicon.postings(entry), engine.columns.facet("type")]);
  /** @param {number} document */
  const isReport = (document) => values[numbers[document] - 1]?.[0] === "report";
  const ordered = [...documents].reverse().sort((one, other) => Number(isReport(other)) - Number(isReport(one)));
  for (const number of ordered.slice(0, FEW_RECORDS)) {
    const record = await engine.records.record(number);
    const printed = record.passages.flatMap(({ text }) => {
      const said = printedCode(text, code);
      // Where the second is a report too, it may have the number as well.
      return said === null ? [] : [{ said, isHeld: record.type === "report" && said === text, url: isReport(ordered[1]) ? "" : record.url }];
    });
    if (printed.length > 0) return printed.find((one) => one.isHeld) ?? printed[0];
  }
  return null;
}

// -- minutes and items, numbered one after another ------------------------------------------------

/** @param {Engine} engine @param {ParsedQuery} asked */
async function ofCounted(engine, asked) {
  /** @type {Offer[]} */
  const found = [];
  for (const [start, end] of rows(asked)) {
    const tokens = words(asked.text.slice(start, end));
    for (let at = 0; at + 1 < tokens.length; at++) {
      const kind = KINDS.get(tokens[at].printed);
      const after = at + 1 + (NUMBERED.has(tokens[at + 1].printed) ? 1 : 0);
      if (kind === undefined || after === tokens.length || !COUNTED.test(tokens[after].printed)) continue;
      const number = tokens[after].printed;
      if ((await hasRow(engine, [tokens[at].printed, number])) || (await titleOf(engine, [kind, number])) !== null) continue;
      const near = await nearestCounted(engine, kind, Number(number));
      const [first, last] = [start + tokens[at].start, start + tokens[after].end];
      if (near.length > 0) found.push({ start: first, end: last, asked: asked.text.slice(first, last), kind, near });
    }
  }
  return found;
}

/** @param {Engine} engine @param {string} kind @param {number} number */
async function nearestCounted(engine, kind, number) {
  /** @type {string[]} */
  const found = [];
  let looked = 0;
  for (let step = 1; step <= FURTHEST; step++) {
    for (const one of [number - step, number + step]) {
      if (found.length === OFFERED || looked === ROWS) return found;
      if (one < 1 || !(await engine.lexicon.isPrinted(String(one)))) continue;
      looked++;
      const title = await titleOf(engine, [kind, String(one)]);
      if (title !== null) found.push(title);
    }
  }
  return found;
}

/** The newest records that may have words in a row, as many as are asked. @param {Engine} engine @param {string[]} row @returns {Promise<ShownRecord[]>} */
async function withRow(engine, row) {
  const { documents } = await engine.pairs.documents(row[0], row[1]);
  return Promise.all([...documents].reverse().slice(0, VERIFIED).map((number) => engine.records.record(number)));
}

/** @param {Engine} engine @param {string[]} row */
async function hasRow(engine, row) {
  return (await withRow(engine, row)).some((record) => engine.records.hasRow(record, row));
}

/** A minute or an item as the record names it, `minute 81`; null where no record is that minute. @param {Engine} engine @param {string[]} row */
async function titleOf(engine, row) {
  for (const record of await withRow(engine, row)) {
    for (const { text } of record.passages) {
      const printed = words(text).map((token) => token.printed);
      if (printed.length === row.length && printed.every((word, at) => word === row[at])) return text.toLowerCase();
    }
  }
  return null;
}

/** The same number of the years before and after, where a code may begin with a year. @param {string} letters @param {string} digits */
function nextYears(letters, digits) {
  if (digits.length <= FEWEST_DIGITS) return [];
  const year = Number(digits.slice(0, DIGITS_BEFORE));
  return [year - 1, year + 1].filter((one) => one >= 0 && one < 100)
    .map((one) => letters + String(one).padStart(2, "0") + digits.slice(DIGITS_BEFORE));
}

/** A code as it is printed in a text, in one compound or in words in a row; null where it is not there. @param {string} text @param {string} whole */
function printedCode(text, whole) {
  const found = compounds(text);
  for (const compound of found) {
    if (joined(compound) === whole) return text.slice(compound[0].start, compound[compound.length - 1].end);
  }
  const tokens = found.flat();
  for (const [start, end, said] of spoken(tokens.map((token) => token.printed))) {
    if (said === whole) return text.slice(tokens[start].start, tokens[end - 1].end);
  }
  return null;
}
