/**
 * How all that is found divides: the counts beside the filters.
 *
 * @typedef {import("./looking.js").Found} Found
 * @typedef {Record<string, {value: string, name: string, count: number}[]>} FacetCounts
 */

/**
 * By field the values that are found, the most frequent first; a field that is narrowed is counted as if it were not.
 * @param {import("./looking.js").Looking} looking  what it needs is fetched @returns {Promise<FacetCounts>}
 */
export async function countFacets(looking) {
  const { columns } = looking.engine;
  const [dates, ...facets] = await Promise.all([columns.dates(), ...columns.facets.map((field) => columns.facet(field))]);
  const outcome = looking.look();
  /** @type {FacetCounts} */
  const counted = {};
  columns.facets.forEach((field, number) => {
    const { values, numbers } = facets[number];
    const counts = new Uint32Array(values.length + 1);
    for (const document of countedFor(looking, field, outcome)) counts[numbers[document]]++;
    counted[field] = byCount(values.map(([value, name], at) => ({ value, name, count: counts[at + 1] })).filter((one) => one.count > 0));
  });
  /** @type {Map<number, number>} */
  const years = new Map();
  for (const document of countedFor(looking, "date", outcome)) {
    const span = dates.years(document);
    if (span !== null) for (let year = span[0]; year <= span[1]; year++) years.set(year, (years.get(year) ?? 0) + 1);
  }
  counted.year = byCount([...years].map(([year, count]) => ({ value: String(year).padStart(4, "0"), name: String(year), count })));
  return counted;
}

/** @param {import("./looking.js").Looking} looking @param {string} field @param {Found} outcome @returns {Uint32Array} */
function countedFor(looking, field, outcome) {
  return (looking.asked.narrowed.has(field) ? looking.narrow(outcome.loosely, field) : outcome.matches).documents;
}

/** @param {FacetCounts[string]} counts */
function byCount(counts) {
  return counts.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}
