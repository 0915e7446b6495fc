/**
 * The search engine of the browser: it opens the index and answers queries.
 *
 * @typedef {import("./files.js").Fetcher} Fetcher
 * @typedef {import("./request.js").Request} Request
 */
import { Search } from "./answers.js";
import { Columns } from "./columns.js";
import { IndexFiles } from "./files.js";
import { Lexicon } from "./lexicon.js";
import { Synonyms } from "./meaning.js";
import { Pairs } from "./pairs.js";
import { Records } from "./records.js";
import { Speller } from "./spelling.js";

const FEW_DOCUMENTS = 500; // so few that a handful of files holds them

export class Engine {
  /** Open an index. @param {string} edition @param {Fetcher} fetcher @returns {Promise<Engine>} */
  static async open(edition, fetcher) {
    const files = new IndexFiles(edition, fetcher);
    /** @type {import("./lexicon.js").Start} */
    const start = await files.get("start", 0, (reader) => JSON.parse(new TextDecoder().decode(reader.bytes)));
    return new Engine(files, start);
  }

  /** @param {IndexFiles} files @param {import("./lexicon.js").Start} start */
  constructor(files, start) {
    this.files = files;
    this.files.key = start.key;
    this.files.groups = start.groups;
    this.start = start;
    this.count = start.documents;
    this.looked = start.documents <= FEW_DOCUMENTS ? 25 : 10; // of the best, whose text is asked what comes first
    this.lexicon = new Lexicon(files, start);
    this.columns = new Columns(files, start.documents, start.facets);
    this.pairs = new Pairs(files, start);
    this.records = new Records(files, start);
    this.speller = new Speller(files, start.firstPlaces);
    this.synonyms = new Synonyms(start.synonyms);
  }

  /** @param {Request} request @returns {Promise<import("./answers.js").Answer>} */
  async search(request) {
    return (await Search.of(this, request)).answer();
  }

  /** The ids of all that a query finds, every phrase verified. @param {Request} request @returns {Promise<string[]>} */
  async everyId(request) {
    return (await Search.of(this, request)).everyId();
  }
}
