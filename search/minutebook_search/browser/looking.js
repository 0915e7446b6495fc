/**
 * Which records answer what is asked for: all of it; else without the words of a question; else in part. As
 * `minutebook_search/looking.py`. What is looked for is fetched before; to look waits for nothing.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./matches.js").Matches} Matches
 * @typedef {{matches: Matches, loosely: Matches, partial: boolean}} Found
 * `loosely` are those that would match if nothing narrowed them.
 */
import { Evaluation } from "./evaluation.js";
import { both, either, none, within } from "./matches.js";
import { asksWhoHolds, isQuestion, isQuestionWord, widen } from "./meaning.js";
import { wanted } from "./parser.js";
import { keyOf, words } from "./words.js";

const NAMED_SO = 6; // the least weight of a name of a record

export class Looking {
  /** @param {import("./engine.js").Engine} engine @param {import("./request.js").Asked} asked */
  constructor(engine, asked) {
    this.engine = engine;
    this.asked = asked;
    this.evaluation = new Evaluation(engine);
    /** What was said by the last look, which another look says anew. @type {string[]} */
    this.said = [];
  }

  /** What all of it matches; where nothing does, without the words of a question; then in part. @returns {Found} */
  look() {
    this.said = [];
    const { evaluation } = this;
    const { parsed, rest, narrowed } = this.asked;
    // Signs without a word find nothing; nothing at all asks for every record.
    if (rest.length === 0 && narrowed.size === 0 && parsed.text.trim() !== "") return { matches: none(), loosely: none(), partial: false };
    const loosely = evaluation.together(rest);
    const matches = this.narrow(loosely);
    this.said.push(...evaluation.messages);
    const asWords = rest.filter((one) => ["word", "prefix", "alike", "or"].includes(one.kind));
    const fixed = rest.filter((one) => !asWords.includes(one));
    const ofADay = asksWhoHolds(parsed.text);
    const named = asWords.filter((one) => !isQuestionWord(one, ofADay));
    const subject = named.length > 0 ? named : asWords;
    // A question in a sentence is answered in part at once: a long record can have all its words, and say little of it.
    if (isQuestion(parsed.text) && subject.length < asWords.length && subject.length > 1) {
      return this.inPart(fixed, subject, "read as a question") ?? { matches: none(), loosely: none(), partial: false };
    }
    if (matches.documents.length > 0) return { matches, loosely, partial: false };
    if (asWords.length >= 2) {
      if (subject.length < asWords.length) {
        const fewer = evaluation.together([...fixed, ...subject]);
        const narrowed = this.narrow(fewer);
        if (narrowed.documents.length > 0) {
          const leftOut = asWords.flatMap((one) => (one.kind === "word" && !subject.includes(one) ? [`\`${one.text}\``] : []));
          this.said.unshift(`no record has every word: searched without ${leftOut.join(", ").replace(/, (?=[^,]*$)/, " and ")}`);
          return { matches: narrowed, loosely: fewer, partial: false };
        }
      }
      const inPart = this.inPart(fixed, subject, "no record has every word");
      if (inPart !== null) return inPart;
    } else this.sayWhatIsLacking(false);
    return { matches, loosely, partial: false };
  }

  /** @param {Node[]} fixed @param {Node[]} subject @param {string} why @returns {Found | null} */
  inPart(fixed, subject, why) {
    const found = this.lookInPart(fixed, subject, why);
    if (found === null || found.partial || found.matches.documents.length === 0) this.sayWhatIsLacking(found?.partial ?? false);
    return found;
  }

  /** The documents with at least two thirds of as many words as any of them has. @param {Node[]} fixed @param {Node[]} subject @param {string} why @returns {Found | null} */
  lookInPart(fixed, subject, why) {
    if (subject.length < 2) return null;
    const basis = this.evaluation.together(fixed);
    const must = this.narrow(basis);
    const counts = new Uint8Array(this.engine.count);
    /** Documents that are counted for a phrase that they only may have. @type {Set<number>} */
    const unsure = new Set();
    let some = none();
    for (const one of subject) {
      const found = this.evaluation.matches(one);
      for (const document of found.documents) counts[document] += sizeOf(one);
      found.sure?.forEach((isThere, at) => isThere || unsure.add(found.documents[at]));
      some = either(some, found);
    }
    let most = 0;
    for (const document of must.documents) most = Math.max(most, counts[document]);
    if (most === 0) return null;
    const enough = Math.ceil((2 * most) / 3);
    const scored = both(some, basis);
    const kept = [...scored.documents.keys()].filter((at) => counts[scored.documents[at]] >= enough);
    /** @param {number} at */
    const isSure = (at) => (scored.sure === null || scored.sure[at] === 1) && !unsure.has(scored.documents[at]);
    const loosely = {
      documents: Uint32Array.from(kept, (at) => scored.documents[at]),
      scores: Float32Array.from(kept, (at) => scored.scores[at]),
      sure: scored.sure === null && unsure.size === 0 ? null : Uint8Array.from(kept, (at) => (isSure(at) ? 1 : 0)),
    };
    const size = subject.reduce((sum, one) => sum + sizeOf(one), 0);
    const isPartial = enough < size;
    if (isPartial) this.sayOfWords();
    const said = enough < most ? `${enough} or ${most}` : `${most}`;
    this.said.push(`${why}: these have ${isPartial ? `${said} of its ${size} words, the best first` : `all ${size} of its words`}`);
    return { matches: this.narrow(loosely), loosely, partial: isPartial };
  }

  /** Which words no document has, before others are answered in part: what is found is not about them. */
  sayOfWords() {
    const asked = wanted(this.asked.parsed.root).flatMap((leaf) => (leaf.kind === "word" && !isQuestionWord(leaf) ? [leaf] : []));
    const lacking = asked.filter((leaf) => this.evaluation.matches(widen(leaf, this.engine.synonyms)).documents.length === 0);
    const none = [...new Set(lacking.map(({ text }) => `\`${text}\``))].join(" or ");
    if (none === "") return;
    const { root, text: query } = this.asked.parsed;
    const areWords = root !== null && root.kind === "and" && root.of.every(({ kind }) => kind === "word");
    const about = areWords && !isQuestion(query) ? `\`${asked.map(({ text }) => text).join(" ")}\`` : "all that is asked for";
    this.said.push(`no record has ${none}, so none of these is about ${about}`);
  }

  /** @param {Matches} matches @param {string} [except]  a field that is not to narrow @returns {Matches} */
  narrow(matches, except) {
    let found = matches;
    for (const [field, nodes] of this.asked.narrowed) {
      if (field !== except) found = within(found, this.evaluation.together(nodes));
    }
    return found;
  }

  /** Say of each word, phrase and range of dates that no document has it; else that none has them all. @param {boolean} partial */
  sayWhatIsLacking(partial) {
    const before = this.said.length;
    /** @type {Set<string>} */
    const said = new Set();
    for (const leaf of wanted(this.asked.parsed.root)) {
      if (leaf.kind === "filter" || this.evaluation.matches(widen(leaf, this.engine.synonyms)).documents.length > 0) continue;
      if (leaf.kind === "word" && partial) continue; // said before
      if (leaf.kind === "word") said.add(noRecordHas(leaf.text));
      else if (leaf.kind === "prefix") said.add(`no record has \`${leaf.text}*\``);
      else if (leaf.kind === "phrase") {
        said.add(words(leaf.text).length > 1 ? noRecordHasInARow(leaf.text) : `no record has \`${leaf.text}\` as printed`);
      }
      else said.add(leaf.undated ? "every record has a date" : "no record has a date in that range");
    }
    this.said.push(...said);
    const isOne = this.asked.rest.length + this.asked.narrowed.size < 2;
    if (this.said.length === before && this.evaluation.messages.length === 0 && !partial && !isOne) {
      this.said.push("each of these is in some record, but no record matches the whole query");
    }
  }
}

/** How many words of the query a node stands for. @param {Node} node */
function sizeOf(node) {
  const said = node.kind === "alike" ? node.of[0] : node;
  return said.kind === "and" ? said.of.length : 1;
}

/** Where it lies who answered for a project on any day, where a query asks that and names the first that were found. @param {string} query @param {import("./records.js").ShownRecord[]} first */
export function daysToSee(query, first) {
  const asked = ` ${keyOf(query)} `;
  if (!asksWhoHolds(query)) return [];
  const other = first.findIndex(({ type, passages }) => type !== "project" || !passages.some(({ text, weight }) => weight >= NAMED_SO && asked.includes(` ${keyOf(text)} `)));
  return first.slice(0, other < 0 ? first.length : other).map(({ title, id }) => `who answered for \`${title}\` on which day: \`who-holds-what/of/${id}/\``);
}

/** @param {string} word */
export function noRecordHas(word) {
  return `no record has \`${word}\``;
}

/** @param {string} text */
export function noRecordHasInARow(text) {
  return `no record has the words \`${text}\` in a row`;
}
