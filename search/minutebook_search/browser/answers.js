/**
 * From a query to an answer: corrected, relaxed, verified, counted, put in order. As `minutebook_search/answering.py`.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./scanner.js").Leaf} Leaf
 * @typedef {import("./matches.js").Matches} Matches
 * @typedef {import("./parser.js").ParsedQuery} ParsedQuery
 * @typedef {import("./records.js").Found} Found
 * @typedef {"relevance" | "date" | "oldest"} Sort
 * @typedef {{query: string, sort?: Sort, limit?: number, offset?: number, filters?: Record<string, string[]>,
 *   from?: string, to?: string, undated?: boolean}} Request
 * `filters` are values of facets, chosen beside the query; `from` and `to` are dates; `undated` keeps records without one.
 * @typedef {{matches: Matches, loosely: Matches, partial: boolean}} Outcome
 * `loosely` are those that would match if nothing narrowed them.
 * @typedef {{number: number, record: Found, snippet: import("./snippets.js").Snippet}} Hit
 * @typedef {{query: string, total: number, isAbout: boolean, hits: Hit[], messages: string[], corrected: string | null,
 *   partial: boolean, undated: number, search: Search}} Answer
 * `undated` is how many records match all but the dates, and have no date of their own.
 * @typedef {{record: Found, council: string, score: number, snippet: import("./snippets.js").Snippet}} Row  of a table
 * @typedef {Record<string, {value: string, name: string, count: number}[]>} FacetCounts
 */
import { dayNumber, DateTrouble, isoOf, readDays } from "./dates.js";
import { Evaluation } from "./evaluation.js";
import { best, both, either, none, within } from "./matches.js";
import { flattened, isQuestion, QUESTION_WORDS, widen } from "./meaning.js";
import { parseQuery, wanted } from "./parser.js";
import { Ranking } from "./ranking.js";
import { Finder, snippetOf } from "./snippets.js";
import { stemOf } from "./evaluation.js";
import { compounds, plainSigns, words } from "./words.js";

const MOST_VERIFIED = 30; // records whose text is asked before a search gives up on phrases that are not there
const AT_ONCE = 8; // records of a table that are fetched side by side
const FEW_UNSURE = 12; // so few are asked all, and the count is then exact

export class Search {
  /** @param {import("./engine.js").Engine} engine @param {Request} request */
  constructor(engine, request) {
    this.engine = engine;
    this.request = request;
    this.evaluation = new Evaluation(engine);
    /** @type {Map<string, Node[]>} */
    this.narrowed = new Map();
    /** @type {Node[]} */
    this.rest = [];
    /** @type {string[]} */
    this.messages = [];
    /** @type {string | null} */
    this.corrected = null;
    /** @type {ParsedQuery} */
    this.parsed = { text: "", root: null, messages: [] };
    this.verifiedCount = 0;
    /** @type {Uint32Array | null} */
    this.ready = null; // the best of a frequent word, whose postings nobody has fetched yet
    this.readyTotal = 0;
    /** @type {Float32Array} */
    this.readyScores = new Float32Array(0);
  }

  /** @returns {Promise<Answer>} */
  async answer() {
    await this.read();
    const limit = this.request.limit ?? 10;
    const offset = this.request.offset ?? 0;
    const looked = offset < this.engine.looked && this.sort === "relevance" ? Math.max(this.engine.looked, offset + limit) : 0;
    await this.prepare(Math.max(offset + limit, looked));
    const { shown, total, isAbout, partial } = await this.settle(looked > 0 ? 0 : offset, looked || limit, MOST_VERIFIED);
    const undated = await this.leftOutUndated();
    if (undated > 0) this.said.push(undatedSaid(undated));
    const finder = new Finder(wanted(this.root()));
    const found = await Promise.all(shown.map(async (number) => ({ number, record: await this.engine.records.record(number) })));
    const ordered = looked > 0 ? this.ranked(found).slice(offset, offset + limit) : found;
    const hits = ordered.map(({ number, record }) => ({ number, record, snippet: snippetOf(record, finder) }));
    return { query: this.request.query, total, isAbout, hits, messages: [...new Set([...this.messages, ...this.said])],
      corrected: this.corrected, partial, undated, search: this };
  }

  /** How many documents match all but the dates, and have none: a reader may take them for not there. @returns {Promise<number>} */
  async leftOutUndated() {
    const dates = this.narrowed.get("date") ?? [];
    if (dates.length === 0 || wanted({ kind: "and", of: dates }).some((leaf) => leaf.kind === "dates" && leaf.undated)) return 0;
    const { undated } = await this.engine.columns.dates();
    const said = this.said;
    const look = () => {
      const { loosely } = this.look();
      const basis = loosely.documents.length > 0 ? loosely : this.evaluation.together(this.rest);
      return this.narrow(basis, "date");
    };
    let { documents, sure } = look();
    const unsure = [...documents].filter((number, at) => number < undated && sure !== null && sure[at] === 0);
    if (unsure.length > 0) {
      await this.verify(unsure.slice(0, MOST_VERIFIED));
      ({ documents } = look());
    }
    this.said = said;
    return documents.filter((number) => number < undated).length;
  }

  /**
   * The first records once more in order, as `ranking.py` has it: first what is named so, or has the words in a row, or
   * has the phrase in a place of weight. Only those whose text is here anyway are looked at.
   * @template {{number: number, record: Found}} T
   * @param {T[]} found @returns {T[]}
   */
  ranked(found) {
    const root = this.root();
    if (root === null || found.length < 2) return found;
    const looked = Math.max(this.engine.looked, 10);
    const rank = new Ranking(root);
    const scored = found.slice(0, looked).map((one, at) => ({ one, at, score: (this.shownScores.get(one.number) ?? 0) * rank.more(one.record, this.engine.records) }));
    scored.sort((one, other) => other.score - one.score || one.at - other.at);
    return [...scored.map(({ one }) => one), ...found.slice(looked)];
  }

  /** The first records in order with what a table says of them, a few fetched at a time. @param {number} most @returns {Promise<Row[]>} */
  async rows(most) {
    this.ready = null;
    await this.prepareAll();
    const { shown } = await this.settle(0, most, most);
    const { columns, records } = this.engine;
    const { values, numbers } = await columns.facet("council");
    const finder = new Finder(wanted(this.root()));
    /** @type {Row[]} */
    const found = [];
    for (let at = 0; at < shown.length; at += AT_ONCE) {
      found.push(...(await Promise.all(shown.slice(at, at + AT_ONCE).map(async (number) => {
        const record = await records.record(number);
        const council = values[numbers[number] - 1]?.[1] ?? "";
        return { record, council, score: this.shownScores.get(number) ?? 0, snippet: snippetOf(record, finder) };
      }))));
    }
    return found;
  }

  /** Every record that matches, all phrases verified. @returns {Promise<string[]>} */
  async everyId() {
    await this.read();
    await this.prepare(Infinity);
    const { shown } = await this.settle(0, Infinity, Infinity);
    return Promise.all(shown.map(async (number) => (await this.engine.records.record(number)).id));
  }

  /** What the query and the chosen filters ask for as one tree. @returns {Node | null} */
  root() {
    const nodes = [...this.rest, ...[...this.narrowed.values()].flat()];
    return nodes.length === 0 ? null : { kind: "and", of: nodes };
  }

  /** Read the query: its typos corrected, its words widened, what narrows set apart. */
  async read() {
    const asked = parseQuery(this.request.query);
    this.parsed = asked;
    const isEmpty = this.request.query.trim() === "";
    if (!isEmpty) this.messages.push(...asked.messages.map((message) => message.text));
    const corrected = await this.correct(asked);
    if (corrected !== null) {
      this.corrected = corrected;
      this.parsed = parseQuery(corrected);
    }
    const root = this.parsed.root === null ? null : widen(this.parsed.root, this.engine.synonyms);
    for (const one of root === null ? [] : root.kind === "and" ? flattened(root.of) : [root]) {
      const field = narrowedField(one);
      if (field === null) this.rest.push(one);
      else this.narrowed.set(field, [...(this.narrowed.get(field) ?? []), one]);
    }
    this.readFilters();
  }

  readFilters() {
    for (const [name, values] of Object.entries(this.request.filters ?? {})) {
      const of = values.flatMap((value) => chosenValue(name, value));
      if (of.length === 0) continue;
      const field = name === "year" ? "date" : name;
      this.narrowed.set(field, [...(this.narrowed.get(field) ?? []), of.length === 1 ? of[0] : { kind: "or", of }]);
    }
    const from = this.chosenDays(this.request.from ?? "");
    const to = this.chosenDays(this.request.to ?? "");
    const isTurned = from !== null && to !== null && from.first !== null && to.last !== null && from.first > to.last;
    if (isTurned) this.messages.push("the dates run backwards: searched from the earlier to the later");
    const [first, last] = isTurned ? [to.first, from.last] : [from?.first ?? null, to?.last ?? null];
    if (first !== null || last !== null) {
      this.narrowed.set("date", [...(this.narrowed.get("date") ?? []), { kind: "dates", first, last }]);
    }
    const dates = this.narrowed.get("date");
    if (this.request.undated && dates !== undefined) {
      this.narrowed.set("date", dates.map((one) => ({ kind: "or", of: [one, { kind: "dates", first: null, last: null, undated: true }] })));
    }
  }

  /** The days that a field of the form names, written as an index or as people do; null where it is empty or none. @param {string} written */
  chosenDays(written) {
    const text = written.trim();
    if (text === "") return null;
    const iso = isoOf(text);
    try {
      const days = readDays(iso ?? text);
      if (iso !== null) this.messages.push(`\`${text}\` is read as ${iso}`);
      return days;
    } catch (trouble) {
      if (!(trouble instanceof DateTrouble)) throw trouble;
      this.messages.push(`${trouble.message}: searched without it; ${trouble.help ?? "write a date as in 7 January 2020, January 2020, 2020 or 2019/20"}`);
      return null;
    }
  }

  /** Fetch what the answer needs; for one frequent word alone only its best documents. @param {number} most */
  async prepare(most) {
    const only = this.rest.length === 1 && this.narrowed.size === 0 ? this.rest[0] : null;
    if (only !== null && only.kind === "word" && (this.request.sort ?? "relevance") === "relevance") {
      const [compound, ...others] = compounds(only.text);
      const entry = others.length === 0 && compound.length === 1 ? await this.engine.lexicon.entry(stemOf(compound)) : null;
      const top = entry === null ? null : await this.engine.lexicon.top(entry);
      if (entry !== null && top !== null && (most <= top.documents.length || most === Infinity)) {
        if (most !== Infinity) {
          this.ready = top.documents;
          this.readyTotal = entry.frequency;
          this.readyScores = top.parts;
          return;
        }
      }
    }
    await this.prepareAll();
  }

  async prepareAll() {
    const root = this.root();
    await Promise.all([
      root === null ? null : this.evaluation.prepare(root),
      this.sort === "relevance" && root !== null ? null : this.engine.columns.dates().then((dates) => (this.dates = dates)),
    ]);
  }

  /** @type {import("./columns.js").DateColumn | null} */
  dates = null;

  /** Of each record that is shown. @type {Map<number, number>} */
  shownScores = new Map();

  /** What was said by the last look, which another look says anew. @type {string[]} */
  said = [];

  /** Without words there is nothing to be relevant to: then the newest come first. @returns {Sort} */
  get sort() {
    const sort = this.request.sort ?? "relevance";
    return sort === "relevance" && this.rest.length === 0 ? "date" : sort;
  }

  /**
   * The numbers to show: looked at again until the phrases in all that is shown are verified.
   * @param {number} offset @param {number} limit @param {number} most  records to ask
   */
  async settle(offset, limit, most) {
    if (this.ready !== null) {
      const shown = [...this.ready.subarray(offset, offset + limit)];
      shown.forEach((number, at) => this.shownScores.set(number, this.readyScores[offset + at]));
      return { shown, total: this.readyTotal, isAbout: false, partial: false };
    }
    for (;;) {
      const { matches, partial } = this.look();
      const { documents, sure } = matches;
      const unsure = [];
      for (let at = 0; sure !== null && at < sure.length; at++) if (sure[at] === 0) unsure.push(at);
      const order = this.inOrder(matches, Math.min(documents.length, offset + limit + 1));
      const asking = (unsure.length <= FEW_UNSURE || limit === Infinity ? unsure : order.slice(0, offset + limit).filter((at) => sure !== null && sure[at] === 0));
      if (asking.length === 0 || this.verifiedCount >= most) {
        const places = order.filter((at) => sure === null || sure[at] === 1).slice(offset, offset + limit);
        const shown = places.map((at) => documents[at]);
        for (const at of places) this.shownScores.set(documents[at], matches.scores[at]);
        const left = Math.round(unsure.length * this.truth());
        return { shown, total: documents.length - unsure.length + left, isAbout: unsure.length > 0, partial };
      }
      await this.verify(asking.slice(0, Math.max(1, most - this.verifiedCount)).map((at) => documents[at]));
    }
  }

  /** How many of the documents that were asked had what they may have had. */
  truth() {
    let asked = 0;
    let had = 0;
    for (const row of this.evaluation.rows.values()) {
      for (const isThere of row.verified.values()) {
        asked++;
        if (isThere) had++;
      }
    }
    return asked === 0 ? 1 : had / asked;
  }

  /** @param {number[]} numbers */
  async verify(numbers) {
    this.verifiedCount += numbers.length;
    await Promise.all(numbers.map(async (number) => {
      const record = await this.engine.records.record(number);
      for (const row of this.evaluation.rows.values()) row.verified.set(number, this.engine.records.hasRow(record, row.printed));
    }));
  }

  /** The places of matches in order. @param {Matches} matches @param {number} most @returns {number[]} */
  inOrder(matches, most) {
    const { documents } = matches;
    if (this.sort === "relevance") return best(matches, most);
    const dates = this.dates;
    const places = Array.from(documents, (_, at) => at);
    if (dates === null) return places;
    /** @param {number} at */
    const isUndated = (at) => documents[at] < dates.undated;
    if (this.sort === "oldest") return [...places.filter((at) => !isUndated(at)), ...places.filter(isUndated)].slice(0, most);
    return places.sort((one, other) => Number(isUndated(one)) - Number(isUndated(other)) ||
      dates.lasts[documents[other]] - dates.lasts[documents[one]] || documents[other] - documents[one]).slice(0, most);
  }

  // -- what is found --------------------------------------------------------------------------

  /** What all of it matches; where nothing does, without the words of a question; then in part. @returns {Outcome} */
  look() {
    this.said = [];
    const { evaluation, rest } = this;
    const loosely = evaluation.together(rest);
    const matches = this.narrow(loosely);
    this.said.push(...evaluation.messages);
    const asWords = rest.filter((one) => ["word", "prefix", "alike", "or"].includes(one.kind));
    const fixed = rest.filter((one) => !asWords.includes(one));
    const named = asWords.filter((one) => !isQuestionWord(one));
    const subject = named.length > 0 ? named : asWords;
    // A question in a sentence is answered in part at once: a long record can have all its words, and say little of it.
    if (isQuestion(this.parsed.text) && subject.length < asWords.length && subject.length > 1) {
      return this.inPart(fixed, subject, "read as a question") ?? { matches: none(), loosely: none(), partial: false };
    }
    if (matches.documents.length > 0) return { matches, loosely, partial: false };
    if (asWords.length >= 2) {
      if (subject.length < asWords.length) {
        const fewer = evaluation.together([...fixed, ...subject]);
        const narrowed = this.narrow(fewer);
        if (narrowed.documents.length > 0) {
          const leftOut = asWords.flatMap((one) => (one.kind === "word" && !subject.includes(one) ? [`\`${one.text}\``] : []));
          this.said.unshift(`no record has every word: searched without ${leftOut.join(" and ")}`);
          return { matches: narrowed, loosely: fewer, partial: false };
        }
      }
      const inPart = this.inPart(fixed, subject, "no record has every word");
      if (inPart !== null) return inPart;
    } else this.sayWhatIsLacking(false);
    return { matches, loosely, partial: false };
  }

  /** @param {Node[]} fixed @param {Node[]} subject @param {string} why @returns {Outcome | null} */
  inPart(fixed, subject, why) {
    const found = this.lookInPart(fixed, subject, why);
    if (found === null || found.partial || found.matches.documents.length === 0) this.sayWhatIsLacking(found?.partial ?? false);
    return found;
  }

  /** The documents with at least two thirds of as many words as any of them has. @param {Node[]} fixed @param {Node[]} subject @param {string} why @returns {Outcome | null} */
  lookInPart(fixed, subject, why) {
    if (subject.length < 2) return null;
    const basis = this.evaluation.together(fixed);
    const must = this.narrow(basis);
    const counts = new Uint8Array(this.engine.count);
    let some = none();
    for (const one of subject) {
      const found = this.evaluation.matches(one);
      for (const document of found.documents) counts[document] += sizeOf(one);
      some = either(some, found);
    }
    let most = 0;
    for (const document of must.documents) most = Math.max(most, counts[document]);
    if (most === 0) return null;
    const enough = Math.ceil((2 * most) / 3);
    const scored = both(some, basis);
    const kept = [...scored.documents.keys()].filter((at) => counts[scored.documents[at]] >= enough);
    const { sure } = scored;
    const loosely = {
      documents: Uint32Array.from(kept, (at) => scored.documents[at]),
      scores: Float32Array.from(kept, (at) => scored.scores[at]),
      sure: sure && Uint8Array.from(kept, (at) => sure[at]),
    };
    const said = enough < most ? `${enough} or ${most}` : `${most}`;
    const size = subject.reduce((sum, one) => sum + sizeOf(one), 0);
    this.said.push(`${why}: these have ${said} of its ${size} words, the best first`);
    return { matches: this.narrow(loosely), loosely, partial: enough < size };
  }

  /** @param {Matches} matches @param {string} [except]  a field that is not to narrow @returns {Matches} */
  narrow(matches, except) {
    let found = matches;
    for (const [field, nodes] of this.narrowed) {
      if (field !== except) found = within(found, this.evaluation.together(nodes));
    }
    return found;
  }

  /** Say of each word, phrase and range of dates that no document has it; else that none has them all. @param {boolean} partial */
  sayWhatIsLacking(partial) {
    const before = this.said.length;
    /** @type {Set<string>} */
    const said = new Set();
    for (const leaf of wanted(this.parsed.root)) {
      if (leaf.kind === "filter" || this.evaluation.matches(widen(leaf, this.engine.synonyms)).documents.length > 0) continue;
      if (leaf.kind === "word") said.add(`no record has \`${leaf.text}\``);
      else if (leaf.kind === "prefix") said.add(`no record has \`${leaf.text}*\``);
      else if (leaf.kind === "phrase") said.add(`no record has \`"${leaf.text}"\``);
      else said.add(leaf.undated ? "every record has a date" : "no record has a date in that range");
    }
    this.said.push(...said);
    const isOne = this.rest.length + this.narrowed.size < 2;
    if (this.said.length === before && this.evaluation.messages.length === 0 && !partial && !isOne) {
      this.said.push("each of these is in some record, but no record matches the whole query");
    }
  }

  // -- facets ---------------------------------------------------------------------------------

  /** How all that is found divides; a facet that is narrowed is counted as if it were not. @returns {Promise<FacetCounts>} */
  async facets() {
    const { columns } = this.engine;
    await this.prepareAll();
    const [dates, ...facets] = await Promise.all([columns.dates(), ...columns.facets.map((field) => columns.facet(field))]);
    const outcome = this.look();
    /** @type {FacetCounts} */
    const counted = {};
    columns.facets.forEach((field, number) => {
      const { values, numbers } = facets[number];
      const counts = new Uint32Array(values.length + 1);
      for (const document of this.countedFor(field, outcome)) counts[numbers[document]]++;
      counted[field] = values.map(([value, name], at) => ({ value, name, count: counts[at + 1] })).filter((one) => one.count > 0)
        .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
    });
    /** @type {Map<number, number>} */
    const years = new Map();
    for (const document of this.countedFor("date", outcome)) {
      const span = dates.years(document);
      if (span !== null) for (let year = span[0]; year <= span[1]; year++) years.set(year, (years.get(year) ?? 0) + 1);
    }
    counted.year = [...years].map(([year, count]) => ({ value: String(year).padStart(4, "0"), name: String(year), count }))
      .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
    return counted;
  }

  /** @param {string} field @param {Outcome} outcome @returns {Uint32Array} */
  countedFor(field, outcome) {
    return (this.narrowed.has(field) ? this.narrow(outcome.loosely, field) : outcome.matches).documents;
  }

  // -- typos ----------------------------------------------------------------------------------

  /** The query with every word that no record has as the nearest that one has; null where none is near. @param {ParsedQuery} asked @returns {Promise<string | null>} */
  async correct(asked) {
    const found = await Promise.all(wanted(asked.root).map((leaf) => this.slips(leaf, asked.text)));
    /** @type {Map<number, {word: string, better: string}>} */
    const slips = new Map(found.flat().map(({ at, word, better }) => [at, { word, better }]));
    if (slips.size === 0) return null;
    let text = asked.text;
    for (const [at, { word, better }] of [...slips].sort((one, other) => other[0] - one[0])) {
      text = text.slice(0, at) + better + text.slice(at + word.length);
    }
    for (const [, { word, better }] of [...slips].sort((one, other) => one[0] - other[0])) {
      this.messages.push(`no record has \`${word}\`: searched for \`${better}\``);
    }
    return text;
  }

  /** The words of a leaf that no document has, with their places in the query. @param {Leaf} leaf @param {string} query */
  async slips(leaf, query) {
    /** @type {{at: number, word: string, better: string}[]} */
    const found = [];
    if ((leaf.kind !== "word" && leaf.kind !== "phrase") || leaf.column === 0) return found;
    const { lexicon, synonyms, speller } = this.engine;
    const at = leaf.kind === "phrase" ? leaf.column : leaf.column - 1;
    if (plainSigns(query).slice(at, at + leaf.text.length) !== plainSigns(leaf.text)) return found;
    for (const compound of compounds(leaf.text)) {
      if (leaf.kind === "word" && compound.length > 1 && (await lexicon.entry(stemOf(compound))) !== null) continue;
      await Promise.all(compound.map(async (token) => {
        const entry = await lexicon.entry(stemOf([token]));
        const isKnown = leaf.kind === "phrase"
          ? (entry?.forms.includes(token.printed) ?? false) || (await this.isPrinted(token.printed))
          : entry !== null || synonyms.of([token.printed]).length > 0 || QUESTION_WORDS.has(token.printed);
        const better = isKnown ? null : await speller.correct(token.printed);
        if (better !== null) found.push({ at: at + token.start, word: leaf.text.slice(token.start, token.end), better });
      }));
    }
    return found;
  }

  /** Whether a word is printed so anywhere, whatever it is stemmed from. @param {string} printed */
  async isPrinted(printed) {
    const { words: found } = await this.engine.lexicon.beginning(printed, 1);
    return found.has(printed);
  }
}

/** A value that was chosen in a filter. @param {string} field @param {string} value @returns {Node[]} */
function chosenValue(field, value) {
  if (field !== "year") return [{ kind: "filter", field, value, column: 0 }];
  const year = /^[0-9]{1,4}$/.test(value) ? Number(value) : 0;
  return year < 1 ? [] : [{ kind: "dates", first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) }];
}

/** @param {number} many */
function undatedSaid(many) {
  const said = many === 1 ? "1 more record matches and has" : `${many.toLocaleString("en-GB")} more records match and have`;
  return `${said} no date of ${many === 1 ? "its" : "their"} own: to see ${many === 1 ? "it" : "them"}, add \`OR date:none\` after the date`;
}

/** The field that a node narrows by: a filter, or several of one field joined by OR. @param {Node} node @returns {string | null} */
function narrowedField(node) {
  if (node.kind === "filter") return node.field;
  if (node.kind === "dates") return "date";
  if (node.kind !== "or") return null;
  const fields = new Set(node.of.map(narrowedField));
  return fields.size === 1 ? [...fields][0] : null;
}

/** How many words of the query a node stands for. @param {Node} node */
function sizeOf(node) {
  const said = node.kind === "alike" ? node.of[0] : node;
  return said.kind === "and" ? said.of.length : 1;
}

/** @param {Node} node */
function isQuestionWord(node) {
  return node.kind === "word" && words(node.text).every((token) => QUESTION_WORDS.has(token.printed));
}
