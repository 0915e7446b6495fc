/**
 * From a request to an answer: read, fetched, verified, put in order, with its snippets. As `minutebook_search/answering.py`.
 *
 * @typedef {import("./matches.js").Matches} Matches
 * @typedef {import("./records.js").ShownRecord} ShownRecord
 * @typedef {import("./request.js").Request} Request
 * @typedef {{number: number, record: ShownRecord, snippet: import("./snippets.js").Snippet}} Hit
 * @typedef {{query: string, total: number, isAbout: boolean, hits: Hit[], messages: string[], corrected: string | null,
 *   partial: boolean, undated: number, search: Search}} Answer
 * `undated` is how many records match all but the dates, and have no date of their own.
 */
import { countFacets } from "./counts.js";
import { stemOf } from "./evaluation.js";
import { daysToSee, Looking, noRecordHas, noRecordHasInARow } from "./looking.js";
import { best } from "./matches.js";
import { wanted } from "./parser.js";
import { Ranking } from "./ranking.js";
import { readRequest, rootOf } from "./request.js";
import { Finder, snippetOf } from "./snippets.js";
import { compounds } from "./words.js";

const MOST_VERIFIED = 30; // records whose text is asked before a search gives up on phrases that are not there
const FEW_UNSURE = 12; // so few are asked all, and the count is then exact

export class Search {
  /** @param {import("./engine.js").Engine} engine @param {Request} request @param {import("./request.js").Asked} asked */
  constructor(engine, request, asked) {
    this.engine = engine;
    this.request = request;
    this.asked = asked;
    this.looking = new Looking(engine, asked);
    this.root = rootOf(asked);
    this.verifiedCount = 0;
    /** The best of a frequent word, whose postings nobody has fetched yet. @type {{documents: Uint32Array, parts: Float32Array, total: number} | null} */
    this.ready = null;
    /** @type {import("./columns.js").DateColumn | null} */
    this.dates = null;
    /** Of each record that is shown. @type {Map<number, number>} */
    this.shownScores = new Map();
  }

  /** @param {import("./engine.js").Engine} engine @param {Request} request @returns {Promise<Search>} */
  static async of(engine, request) {
    return new Search(engine, request, await readRequest(engine, request));
  }

  /** @returns {Promise<Answer>} */
  async answer() {
    const { asked, looking, request } = this;
    const limit = request.limit ?? 10;
    const offset = request.offset ?? 0;
    const looked = offset < this.engine.looked && this.sort === "relevance" ? Math.max(this.engine.looked, offset + limit) : 0;
    await this.prepare(Math.max(offset + limit, looked));
    const { shown, total, isAbout, partial } = await this.settle(looked > 0 ? 0 : offset, looked || limit, MOST_VERIFIED);
    const messages = [...asked.messages, ...looking.said];
    const undated = await this.leftOutUndated();
    if (undated > 0) messages.push(undatedSaid(undated));
    const finder = new Finder(wanted(this.root));
    const found = await Promise.all(shown.map(async (number) => ({ number, record: await this.engine.records.record(number) })));
    const ordered = looked > 0 ? this.ranked(found).slice(offset, offset + limit) : found;
    const hits = ordered.map(({ number, record }) => ({ number, record, snippet: snippetOf(record, finder) }));
    if (offset === 0) messages.unshift(...daysToSee(asked.parsed.text, hits.map(({ record }) => record)));
    const told = new Set(asked.offers.flatMap((offer) => [noRecordHas(offer.asked), noRecordHasInARow(offer.asked)]));
    return { query: request.query, total, isAbout, hits, messages: [...new Set(messages)].filter((one) => !told.has(one)), corrected: asked.corrected, partial, undated, search: this };
  }

  /** How all that is found divides. */
  async facets() {
    await this.prepareAll();
    return countFacets(this.looking);
  }

  /** How many documents match all but the dates, and have none: a reader may take them for not there. @returns {Promise<number>} */
  async leftOutUndated() {
    const dates = this.asked.narrowed.get("date") ?? [];
    if (dates.length === 0 || wanted({ kind: "and", of: dates }).some((leaf) => leaf.kind === "dates" && leaf.undated)) return 0;
    const { undated } = await this.engine.columns.dates();
    const look = () => {
      const { loosely } = this.looking.look();
      const basis = loosely.documents.length > 0 ? loosely : this.looking.evaluation.together(this.asked.rest);
      return this.looking.narrow(basis, "date");
    };
    let { documents, sure } = look();
    const unsure = [...documents].filter((number, at) => number < undated && sure !== null && sure[at] === 0);
    if (unsure.length > 0) {
      await this.verify(unsure.slice(0, MOST_VERIFIED));
      ({ documents } = look());
    }
    return documents.filter((number) => number < undated).length;
  }

  /**
   * The first records once more in order, as `ranking.py` has it: first what is named so, or has the words in a row, or
   * has the phrase in a place of weight. Only those whose text is here anyway are looked at.
   * @template {{number: number, record: ShownRecord}} T
   * @param {T[]} found @returns {T[]}
   */
  ranked(found) {
    if (this.root === null || found.length < 2) return found;
    const looked = Math.max(this.engine.looked, 10);
    const rank = new Ranking(this.root);
    const first = found.slice(0, looked);
    const scores = new Map(first.map(({ number, record }) => [number, (this.shownScores.get(number) ?? 0) * rank.more(record, this.engine.records)]));
    first.sort((one, other) => (scores.get(other.number) ?? 0) - (scores.get(one.number) ?? 0)); // equals stay as they are
    return [...first, ...found.slice(looked)];
  }

  /** Every record that matches, all phrases verified. @returns {Promise<string[]>} */
  async everyId() {
    await this.prepareAll();
    const { shown } = await this.settle(0, Infinity, Infinity);
    return Promise.all(shown.map(async (number) => (await this.engine.records.record(number)).id));
  }

  /** Fetch what the answer needs; for one frequent word alone only its best documents. @param {number} most */
  async prepare(most) {
    const { rest, narrowed } = this.asked;
    const only = rest.length === 1 && narrowed.size === 0 && this.sort === "relevance" ? rest[0] : null;
    if (only !== null && only.kind === "word") {
      const [compound, ...others] = compounds(only.text);
      const entry = others.length === 0 && compound.length === 1 ? await this.engine.lexicon.entry(stemOf(compound)) : null;
      const top = entry === null ? null : await this.engine.lexicon.top(entry);
      if (entry !== null && top !== null && most <= top.documents.length) {
        this.ready = { ...top, total: entry.frequency };
        return;
      }
    }
    await this.prepareAll();
  }

  async prepareAll() {
    const { root } = this;
    await Promise.all([
      root === null ? null : this.looking.evaluation.prepare(root),
      this.sort === "relevance" && root !== null ? null : this.engine.columns.dates().then((dates) => (this.dates = dates)),
    ]);
  }

  /** Without words there is nothing to be relevant to: then the newest come first. @returns {import("./request.js").Sort} */
  get sort() {
    const sort = this.request.sort ?? "relevance";
    return sort === "relevance" && this.asked.rest.length === 0 ? "date" : sort;
  }

  /**
   * The numbers to show: looked at again until the phrases in all that is shown are verified.
   * @param {number} offset @param {number} limit @param {number} most  records to ask
   */
  async settle(offset, limit, most) {
    if (this.ready !== null) {
      const { documents, parts, total } = this.ready;
      const shown = [...documents.subarray(offset, offset + limit)];
      shown.forEach((number, at) => this.shownScores.set(number, parts[offset + at]));
      return { shown, total, isAbout: false, partial: false };
    }
    for (;;) {
      const { matches, partial } = this.looking.look();
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
    for (const row of this.looking.evaluation.rows.values()) {
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
      for (const row of this.looking.evaluation.rows.values()) row.verified.set(number, this.engine.records.hasRow(record, row.printed));
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
}

/** @param {number} many */
function undatedSaid(many) {
  const said = many === 1 ? "1 more record matches and has" : `${many.toLocaleString("en-GB")} more records match and have`;
  return `${said} no date of ${many === 1 ? "its" : "their"} own: to see ${many === 1 ? "it" : "them"}, add \`OR date:none\` after the date`;
}
