/**
 * What comes first of what was found: a record that the query names, has in a row, or has in a place of weight.
 * As `minutebook_search/ranking.py` has it; what kind of record it is, is in the index already.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./records.js").ShownRecord} ShownRecord
 */
import { flattened, QUESTION_WORDS } from "./meaning.js";
import { wanted } from "./parser.js";
import { stem } from "./stem.js";
import { words } from "./words.js";

const NAMED = 0.5; // more, where the query says a record's name, and nothing else
const KIND_SAID = 0.3; // more, where the query says what kind of record it is: `resolution January 2020`
const IN_A_ROW = 0.2; // more, where the words of the query stand in a row
const LIKE_A_PHRASE = 4; // words from which on a row is read as a phrase that lacks its marks
const OWN = 0.8; // power of the weight of the passage in which a phrase stands: its own wording comes before a mention
const SHARE = 0.2; // more, where that passage is the phrase and nothing else
const SIDES = 0.15; // times, for a discrepancy: it sets the words of others side by side, unless they are its name
const HALF = 0.5; // of a name: a phrase that is more of it is the name, what is less may stand on one side of an "or"
// Records whose receipts say who there is and when they met: the words of these are about something else.
const WHO = new Set(["body", "council", "meeting", "post"]);
const CITED = 0.8; // times, for one of these, unless the phrase is in its name
const FIGURES = "figures"; // records that state amounts of their own, in the cells of a table
const DIGITS_OF_YEAR = 4; // a number of no more, without a sign or a size, is more often a year than a sum
const OPEN = 0.5; // times, where a query has dates and all that is known of a record's is "by" or "since" a day
const A_NAME = 6; // the weight of a title is more, that of an alias is this, that of other text less

export class Ranking {
  /** @param {Node} root */
  constructor(root) {
    this.asked = new Set(wanted(root).flatMap(stemsOfLeaf));
    this.typed = new Set(typed(root).flatMap(stemsOfLeaf));
    const joint = root.kind === "and" ? flattened(root.of) : [root];
    this.phrases = joint.map(phrasesOf).filter((either) => either.length > 0);
    this.amounts = joint.map(amountsOf).filter((either) => either.length > 0);
    this.isDated = wanted(root).some((leaf) => leaf.kind === "dates" && !leaf.undated);
    const row = joint.flatMap(wordsAsTyped);
    this.row = row.length > 1 ? row : null;
  }

  /** What the score of a record is multiplied by. @param {ShownRecord} record @param {import("./records.js").Records} records */
  more(record, records) {
    let more = 1 + NAMED * this.named(record);
    const kinds = [record.spoken, record.type].map(stemsOf);
    if (kinds.some((kind) => kind.every((one) => this.asked.has(one)))) more *= 1 + KIND_SAID;
    for (const either of this.phrases) {
      const most = Math.max(...either.map((phrase) => said(record, phrase)));
      if (most > 0) more *= most;
    }
    for (const either of this.amounts) more *= stated(record, either);
    if (this.isDated && isOpen(record)) more *= OPEN;
    if (this.row !== null && records.hasRow(record, this.row)) {
      more *= 1 + IN_A_ROW;
      if (this.row.length >= LIKE_A_PHRASE || this.row.slice(1).some((word) => /^[0-9]+$/.test(word))) more *= Math.max(1, said(record, this.row));
    }
    return more;
  }

  /** How nearly the query, as typed or with its synonyms, says a name of the record, and nothing else: 1 where it does. @param {ShownRecord} record */
  named(record) {
    let most = 0;
    for (const { text, weight } of record.passages) {
      const name = new Set(weight >= A_NAME ? stemsOf(text) : []);
      // A discrepancy between two names of one thing is named by neither.
      for (const asked of record.type === "discrepancy" ? [this.typed] : [this.typed, this.asked]) {
        if (name.size === 0 || asked.size === 0) continue;
        const common = [...name].filter((one) => asked.has(one)).length;
        most = Math.max(most, ((common / name.size) ** 2 * common) / asked.size);
      }
    }
    return most;
  }
}

/** The words of a query, where they have synonyms those that were typed; none of a phrase or a filter. @param {Node} node @returns {string[]} */
function wordsAsTyped(node) {
  if (node.kind === "word") return words(node.text).map((word) => word.printed);
  if (node.kind !== "alike") return [];
  return node.of[0].kind === "and" ? flattened(node.of[0].of).flatMap(wordsAsTyped) : wordsAsTyped(node.of[0]);
}

/** The leaves of a tree as they were typed, without what else they mean. @param {Node} node @returns {import("./scanner.js").Leaf[]} */
function typed(node) {
  if (node.kind === "alike") return typed(node.of[0]);
  if (node.kind === "and" || node.kind === "or") return node.of.flatMap(typed);
  return node.kind === "not" ? [] : [node];
}

/** @param {import("./scanner.js").Leaf} leaf */
function stemsOfLeaf(leaf) {
  return "text" in leaf ? stemsOf(leaf.text) : [];
}

/** A phrase, or those of which one is enough. @param {Node} node @returns {string[][]} */
function phrasesOf(node) {
  if (node.kind === "phrase") return [words(node.text).map((word) => word.printed)];
  return node.kind === "or" ? node.of.flatMap(phrasesOf) : [];
}

/** Whether the source leaves one end of a record's date open. @param {ShownRecord} record */
function isOpen(record) {
  return record.date !== null && (record.date.startsWith("..") || record.date.endsWith(".."));
}

/**
 * How much more a record counts that has a phrase, most where it is its own wording; 0 where it has it not.
 * A discrepancy has no wording of its own but its name: all else it says of the words of others.
 * @param {ShownRecord} record @param {string[]} phrase
 */
function said(record, phrase) {
  const [weight, share] = placeOfPhrase(record, phrase);
  if (weight === 0) return 0;
  if (record.type === "discrepancy" && !(weight >= A_NAME && share > HALF)) return SIDES;
  const more = Math.max(1, weight) ** OWN * (1 + SHARE * share);
  return WHO.has(record.type) && weight < A_NAME ? more * CITED : more;
}

/** The weight of the weightiest passage in which a phrase stands, and how much of it the phrase is. @param {ShownRecord} record @param {string[]} phrase @returns {[number, number]} */
function placeOfPhrase(record, phrase) {
  for (const passage of [...record.passages].sort((one, other) => other.weight - one.weight)) {
    const printed = words(passage.text).map((word) => word.printed);
    if (` ${printed.join(" ")} `.includes(` ${phrase.join(" ")} `)) return [passage.weight, phrase.length / printed.length];
  }
  return [0, 0];
}

/** @param {string} text */
function stemsOf(text) {
  return words(text).filter((token) => !QUESTION_WORDS.has(token.printed)).map((token) => stem(token.base));
}

/** How much more a table of figures counts that states an amount in a cell: others mention it, or set it beside another. @param {ShownRecord} record @param {string[]} amounts */
function stated(record, amounts) {
  if (record.type !== FIGURES) return 1;
  const stating = record.passages.filter(({ text }) => words(text).some((token) => amounts.includes(token.base)));
  return Math.max(1, ...stating.map(({ weight }) => weight)) ** OWN;
}

/** An amount that every answer has, as its number of units; where it may be one of several, each. @param {Node} node @returns {string[]} */
function amountsOf(node) {
  if (node.kind === "alike") return node.of.flatMap((one) => (one.kind === "word" ? amountsOf(one) : []));
  if (node.kind !== "word") return [];
  return words(node.text).filter(({ printed, base }) =>
    /^[0-9]+$/.test(base) && (base !== printed || base.length > DIGITS_OF_YEAR || node.text.includes("\u00a3"))).map(({ base }) => base);
}
