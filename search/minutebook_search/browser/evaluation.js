/**
 * One query against the index: which documents match, and how well. First what the leaves need is fetched, all at
 * once; then sets and sums are done without waiting. As `minutebook_search/evaluation.py` has it.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./scanner.js").Leaf} Leaf
 * @typedef {import("./matches.js").Matches} Matches
 * @typedef {import("./lexicon.js").Entry} Entry
 * @typedef {{lexicon: import("./lexicon.js").Lexicon, pairs: import("./pairs.js").Pairs,
 *   columns: import("./columns.js").Columns, records: import("./records.js").Records, count: number}} Index
 */
import { all, both, either, none, without } from "./matches.js";
import { stem } from "./stem.js";
import { compounds, joined, keyOf, words } from "./words.js";

const MAX_EXPANSIONS = 200; // words that the beginning of a word may stand for
const FEW_WORDS = 3; // words of a phrase whose postings help to put it in order; the longest
const MUCH = 11000; // bytes of postings, compressed, that a phrase is not worth
const MANY_DOCUMENTS = 20000;
const PAIRS = 3; // pairs of a phrase that are asked for; its text decides in the end

/** A row of printed words that documents may have: what is known of each document so far. */
export class Row {
  /** @param {string[]} printed */
  constructor(printed) {
    this.printed = printed;
    this.candidates = none();
    /** @type {Map<number, boolean>} */
    this.verified = new Map();
  }

  /** @returns {Matches} */
  matches() {
    const { documents, scores } = this.candidates;
    const kept = [];
    for (let at = 0; at < documents.length; at++) if (this.verified.get(documents[at]) !== false) kept.push(at);
    return {
      documents: Uint32Array.from(kept, (at) => documents[at]),
      scores: Float32Array.from(kept, (at) => scores[at]),
      sure: Uint8Array.from(kept, (at) => (this.verified.has(documents[at]) ? 1 : 0)),
    };
  }
}

export class Evaluation {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
    /** @type {Map<string, Matches>} */
    this.leaves = new Map();
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** @type {string[]} */
    this.messages = [];
  }

  /** Fetch what a tree needs. @param {Node} node @returns {Promise<void>} */
  async prepare(node) {
    if (node.kind === "not") return this.prepare(node.of);
    if (node.kind === "and" || node.kind === "or" || node.kind === "alike") {
      await Promise.all(node.of.map((one) => this.prepare(one)));
      return;
    }
    const name = nameOf(node);
    if (this.leaves.has(name)) return;
    this.leaves.set(name, none());
    this.leaves.set(name, await this.leaf(node));
  }

  /** The documents that match a node whose leaves are prepared. @param {Node} node @returns {Matches} */
  matches(node) {
    if (node.kind === "and") return this.together(node.of);
    if (node.kind === "not") return this.together([node]);
    if (node.kind === "or") return node.of.map((one) => this.matches(one)).reduce((a, b) => either(a, b));
    if (node.kind === "alike") return node.of.map((one) => this.matches(one)).reduce((a, b) => either(a, b, Math.max));
    const found = this.leaves.get(nameOf(node)) ?? none();
    if (node.kind === "phrase") return this.rowOf(words(node.text).map((word) => word.printed))?.matches() ?? found;
    if (node.kind !== "word") return found;
    return compounds(node.text).map((compound) => this.compound(compound)).reduce(both);
  }

  /** What all of some nodes match. @param {Node[]} nodes @returns {Matches} */
  together(nodes) {
    const wanted = [];
    for (const node of nodes) if (node.kind !== "not") wanted.push(this.matches(node));
    let found = wanted.length > 0 ? wanted.sort((a, b) => a.documents.length - b.documents.length).reduce(both) : all(this.index.count);
    for (const node of nodes) if (node.kind === "not") found = without(found, this.matches(node.of));
    return found;
  }

  /** A word by its stem; one that is tied together also as its words in a row. @param {import("./words.js").Compound} compound */
  compound(compound) {
    const whole = this.leaves.get(`stem ${stemOf(compound)}`) ?? none();
    if (compound.length === 1) return whole;
    const row = this.rowOf(compound.map((word) => word.printed));
    return row === undefined ? whole : either(whole, row.matches(), Math.max);
  }

  /** @param {string[]} printed */
  rowOf(printed) {
    return this.rows.get(printed.join(" "));
  }

  /** @param {Leaf} leaf @returns {Promise<Matches>} */
  async leaf(leaf) {
    if (leaf.kind === "dates") {
      const dates = await this.index.columns.dates();
      return unscored(leaf.undated ? dates.without() : dates.within(leaf.first, leaf.last));
    }
    if (leaf.kind === "filter") return this.filter(leaf.field, leaf.value, leaf.column);
    if (leaf.kind === "prefix") return this.prefix(leaf.text);
    if (leaf.kind === "phrase") {
      const tokens = words(leaf.text);
      if (tokens.length === 1) return this.form(tokens[0]);
      await this.row(tokens);
      return none();
    }
    await Promise.all(compounds(leaf.text).map(async (compound) => {
      const name = stemOf(compound);
      const [found] = await Promise.all([this.stem(name), compound.length > 1 ? this.row(compound) : null]);
      this.leaves.set(`stem ${name}`, found);
    }));
    return none();
  }

  /** @param {string} name @returns {Promise<Matches>} */
  async stem(name) {
    const entry = await this.index.lexicon.entry(name);
    return entry === null ? none() : this.scored(entry, await this.index.lexicon.postings(entry));
  }

  /** @param {Entry} entry @param {import("./lexicon.js").Postings} postings @returns {Matches} */
  scored(entry, postings) {
    const weight = this.index.lexicon.weight(entry.frequency);
    return { documents: postings.documents, scores: postings.parts.map((part) => part * weight), sure: null };
  }

  /** A phrase of one word: the documents in which it is printed so. @param {import("./words.js").Token} token @returns {Promise<Matches>} */
  async form(token) {
    const { lexicon } = this.index;
    const stems = [...new Set([stem(token.base), stem(token.printed)])];
    const found = await Promise.all(stems.map(async (name) => {
      const entry = await lexicon.entry(name);
      if (entry === null || !entry.forms.includes(token.printed)) return none();
      return this.scored(entry, await lexicon.ofForms(entry, (form) => form === token.printed));
    }));
    return found.reduce((a, b) => either(a, b, Math.max));
  }

  /** Words in a row: the documents that have its pairs. @param {import("./words.js").Token[]} tokens */
  async row(tokens) {
    const printed = tokens.map((token) => token.printed);
    const name = printed.join(" ");
    if (this.rows.has(name)) return;
    const row = new Row(printed);
    this.rows.set(name, row);
    const pairs = printed.slice(1).map((word, at) => [printed[at], word]);
    const asked = pairs.sort((one, other) => other.join("").length - one.join("").length).slice(0, PAIRS);
    const longest = [...new Set([...tokens].sort((one, other) => other.printed.length - one.printed.length))].slice(0, FEW_WORDS);
    const [found, scores] = await Promise.all([
      Promise.all(asked.map(([first, second]) => this.index.pairs.documents(first, second))),
      this.helpful([...new Set(longest.map((token) => stem(token.base)))]),
    ]);
    let candidates = found.map(({ documents, parts }) => /** @type {Matches} */ ({ documents, scores: parts, sure: null })).reduce(both);
    for (const words of scores) candidates = both(candidates, words);
    row.candidates = candidates;
  }

  /** The postings of words of a phrase that are worth their bytes: among many documents, of the rarest alone. @param {string[]} names @returns {Promise<Matches[]>} */
  async helpful(names) {
    const { lexicon, count } = this.index;
    const entries = await Promise.all(names.map((name) => lexicon.entry(name)));
    if (entries.includes(null)) return [none()];
    const known = /** @type {Entry[]} */ (entries).filter((entry) => entry.length <= MUCH);
    known.sort((one, other) => one.length - other.length);
    const chosen = count > MANY_DOCUMENTS ? known.slice(0, 1) : known;
    return Promise.all(chosen.map(async (entry) => this.scored(entry, await lexicon.postings(entry))));
  }

  /** @param {string} field @param {string} value @param {number} column @returns {Promise<Matches>} */
  async filter(field, value, column) {
    const entry = await this.index.lexicon.value(field, keyOf(value));
    if (entry !== null) return unscored((await this.index.lexicon.postings(entry)).documents);
    this.messages.push(`no record has the ${field} \`${value}\`${column > 0 ? ` (column ${column})` : ""}`);
    return none();
  }

  /** The documents with a word that begins so: scored as if all such words were one. @param {string} text @returns {Promise<Matches>} */
  async prefix(text) {
    const { lexicon } = this.index;
    const { words: found, isCut } = await lexicon.beginning(words(text).map((word) => word.printed).join(""), MAX_EXPANSIONS);
    if (isCut) {
      this.messages.push(`\`${text}*\` begins more than ${MAX_EXPANSIONS} words: searched for the first ${MAX_EXPANSIONS} in alphabetical order`);
    }
    const stems = new Set([...found.values()].flatMap((one) => [...one]));
    const parts = await Promise.all([...stems].map(async (name) => {
      /** @type {Matches} */
      const nothing = none();
      const entry = await lexicon.entry(name);
      if (entry === null) return nothing;
      const { documents, parts } = await lexicon.ofForms(entry, (form) => found.has(form));
      return { documents, scores: parts.map((part) => odds(part)), sure: null };
    }));
    let joint = none();
    for (const one of parts.sort((a, b) => a.documents.length - b.documents.length)) joint = either(joint, one);
    const weight = lexicon.weight(joint.documents.length);
    return { ...joint, scores: joint.scores.map((sum) => (weight * sum) / (1 + sum)) };
  }
}

/** What a part of a weight says of a word's frequency in its document: frequencies add up, parts do not. @param {number} part */
function odds(part) {
  const below = Math.min(part, 0.97);
  return below / (1 - below);
}

/** @param {Uint32Array} documents @returns {Matches} */
function unscored(documents) {
  return { documents, scores: new Float32Array(documents.length), sure: null };
}

/** The stem by which a word is looked up: that of a compound as one word. @param {import("./words.js").Compound} compound */
export function stemOf(compound) {
  return stem(compound.length === 1 ? compound[0].base : joined(compound));
}

/** What tells one leaf from another. @param {Leaf} leaf */
function nameOf(leaf) {
  if (leaf.kind === "filter") return `filter ${leaf.field} ${leaf.value}`;
  if (leaf.kind === "dates") return leaf.undated ? "no date" : `dates ${leaf.first} ${leaf.last}`;
  return `${leaf.kind} ${leaf.text}`;
}

