/**
 * Snippets: the stretch of a record that shows best why it was found, with the words that were found.
 * As `minutebook_search/snippets.py` cuts them.
 *
 * @typedef {{start: number, end: number, wanted: number}} Mark
 * @typedef {{text: string, marks: [number, number][], passage: string, origin?: import("./records.js").Origin}} Snippet
 * `passage` is the whole text that it is cut from, empty where nothing was looked for; `origin` where its words are from.
 * @typedef {import("./records.js").ShownRecord} ShownRecord
 */
import { QUESTION_WORDS } from "./meaning.js";
import { stem } from "./stem.js";
import { compounds, joined, words } from "./words.js";

const WIDTH = 220; // characters
const LEAD = 60; // characters before the first word that was found
const COUNCIL = 0.5; // the weight of the council's name: whose record it is says little of what is in it
const NAME_WEIGHT = 6; // the least weight of another name
const A_SENTENCE = 40; // characters; what is shorter is a name or a number

/** Finds in a text what the leaves of a query look for. */
export class Finder {
  /** @param {import("./scanner.js").Leaf[]} leaves */
  constructor(leaves) {
    /** @type {Map<string, number>} */
    this.stems = new Map();
    /** @type {Map<string, number>} */
    this.prefixes = new Map();
    /** @type {{row: string[], number: number}[]} */
    this.rows = [];
    telling(leaves).forEach((leaf, number) => {
      if (leaf.kind === "phrase") this.rows.push({ row: words(leaf.text).map((word) => word.printed), number });
      else if (leaf.kind === "prefix") addTo(this.prefixes, joined(words(leaf.text)), number);
      else if (leaf.kind === "word") {
        for (const compound of compounds(leaf.text)) {
          addTo(this.stems, stem(baseOf(compound)), number);
          if (compound.length > 1) this.rows.push({ row: compound.map((word) => word.printed), number });
        }
      }
    });
  }

  /** The places where the text has something that is looked for, in order. @param {string} text @returns {Mark[]} */
  marks(text) {
    /** @type {Mark[]} */
    const found = [];
    /** @type {import("./words.js").Token[]} */
    const inARow = [];
    for (const compound of compounds(text)) {
      inARow.push(...compound);
      if (compound.length > 1) this.add(found, baseOf(compound), joined(compound), compound);
      for (const word of compound) this.add(found, word.base, word.printed, [word]);
    }
    for (const { row, number } of this.rows) {
      for (let at = 0; row.length > 0 && at + row.length <= inARow.length; at++) {
        if (row.every((word, place) => inARow[at + place].printed === word)) {
          found.push({ start: inARow[at].start, end: inARow[at + row.length - 1].end, wanted: number });
        }
      }
    }
    return found.sort((one, other) => one.start - other.start || one.end - other.end || one.wanted - other.wanted);
  }

  /** @param {Mark[]} found @param {string} base @param {string} printed @param {import("./words.js").Compound} compound */
  add(found, base, printed, compound) {
    const start = compound[0].start;
    const end = compound[compound.length - 1].end;
    const number = this.stems.get(stem(base));
    if (number !== undefined) found.push({ start, end, wanted: number });
    for (const [prefix, wanted] of this.prefixes) if (printed.startsWith(prefix)) found.push({ start, end, wanted });
  }
}

/** Without `for` and `the`, unless nothing else is looked for; `may` could be the month. @param {import("./scanner.js").Leaf[]} leaves */
function telling(leaves) {
  const found = leaves.filter((leaf) => leaf.kind !== "word" || !words(leaf.text).every((word) => QUESTION_WORDS.has(word.printed) && word.printed !== "may"));
  return found.length > 0 ? found : leaves;
}

/** @param {Map<string, number>} map @param {string} key @param {number} number */
function addTo(map, key, number) {
  if (!map.has(key)) map.set(key, number);
}

/** @param {import("./words.js").Compound} compound */
function baseOf(compound) {
  return compound.length === 1 ? compound[0].base : joined(compound);
}

/**
 * The stretch with most of what was looked for; the title, which is shown anyway, is none.
 * Of two with as much, a sentence comes before a topic or a number. Another name, a topic or a number is none where the
 * title has as much of what was looked for: it would say the title twice.
 * @param {ShownRecord} record @param {Finder} finder @returns {Snippet}
 */
export function snippetOf(record, finder) {
  const shown = record.passages.slice(1).filter(({ text, weight }) => weight > COUNCIL && text !== record.spoken && text !== record.type);
  const inTitle = manyOf(finder.marks(record.passages[0].text));
  let best = [0, 0, 0, 0];
  /** @type {import("./records.js").Passage | undefined} */
  let chosen;
  /** @type {Mark[]} */
  let stretch = [];
  shown.forEach((passage, number) => {
    const seen = densest(finder.marks(passage.text));
    const many = manyOf(seen);
    const isLong = passage.text.length >= A_SENTENCE;
    if (many <= inTitle && (passage.weight >= NAME_WEIGHT || !isLong)) return;
    const rank = [many, isLong ? 1 : 0, passage.weight, -number];
    const at = rank.findIndex((one, place) => one !== best[place]);
    if (at >= 0 && rank[at] > best[at] && seen.length > 0) [best, chosen, stretch] = [rank, passage, seen];
  });
  if (chosen !== undefined) return { ...cutOut(chosen.text, stretch), origin: chosen.origin };
  const texts = shown.filter((passage) => passage.weight < NAME_WEIGHT);
  const opening = texts.find((passage) => passage.text.length >= A_SENTENCE) ?? texts[0];
  return { ...cutOut(opening?.text ?? "", []), passage: "", origin: (opening ?? record.passages[0]).origin };
}

/** How many different things that were looked for there are. @param {Mark[]} marks */
function manyOf(marks) {
  return new Set(marks.map((mark) => mark.wanted)).size;
}

/** The marks of the stretch of a snippet's width that has most different ones, then most, then the first. @param {Mark[]} marks @returns {Mark[]} */
function densest(marks) {
  /** @type {Mark[]} */
  let best = [];
  let bestRank = [0, 0];
  /** @type {Map<number, number>} */
  const counts = new Map();
  let start = 0;
  marks.forEach((mark, end) => {
    counts.set(mark.wanted, (counts.get(mark.wanted) ?? 0) + 1);
    while (mark.end - marks[start].start > WIDTH - LEAD && start < end) {
      const left = (counts.get(marks[start].wanted) ?? 0) - 1;
      if (left > 0) counts.set(marks[start].wanted, left);
      else counts.delete(marks[start].wanted);
      start++;
    }
    const rank = [counts.size, end - start + 1];
    if (rank[0] > bestRank[0] || (rank[0] === bestRank[0] && rank[1] > bestRank[1])) {
      best = marks.slice(start, end + 1);
      bestRank = rank;
    }
  });
  return best;
}

/** The text around the marks, cut between words. @param {string} text @param {Mark[]} marks @returns {Snippet} */
function cutOut(text, marks) {
  const first = marks.length > 0 ? marks[0].start : 0;
  let start = Math.max(0, first - LEAD);
  if (text.length - start < WIDTH) start = marks.length > 0 ? Math.max(0, text.length - WIDTH) : 0;
  if (start > 0) {
    start = text.indexOf(" ", start) + 1 || start;
    if (marks.length > 0) start = Math.min(start, first);
  }
  let end = text.length;
  if (end - start > WIDTH) {
    end = start + WIDTH;
    const space = text.lastIndexOf(" ", end);
    if (space > (marks.length > 0 ? first : start)) end = space;
  }
  const before = start > 0 ? "… " : "";
  const after = end < text.length ? " …" : "";
  const shift = before.length - start;
  const spans = marks.filter((mark) => mark.start < end).map((mark) =>
    /** @type {[number, number]} */ ([mark.start + shift, Math.min(mark.end, end) + shift]));
  return { text: before + text.slice(start, end) + after, marks: merged(spans), passage: text };
}

/** Spans without overlaps, in order. @param {[number, number][]} spans @returns {[number, number][]} */
export function merged(spans) {
  /** @type {[number, number][]} */
  const found = [];
  for (const [start, end] of spans.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = found[found.length - 1];
    if (last !== undefined && start < last[1]) last[1] = Math.max(end, last[1]);
    else found.push([start, end]);
  }
  return found;
}
