/* The quote checker, blocks: which runs of characters of a passage stand in the corpus, chained. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const BAND = 32, CANDIDATES = 12, BEFORE = 60, LONG_GAP = 12, MANY = 4000;

  S.measures = (size, chinese) => {
    const sixty = Math.floor((6 * size + 9) / 10);
    return chinese
      ? { gram: size < 30 ? 2 : 3, least: Math.min(8, sixty), short: 8 }
      : { gram: size < 60 ? 4 : 6, least: Math.min(24, sixty), short: 24 };
  };
  const block = (runs, also) => {
    const last = runs.at(-1);
    return { runs, also, i0: runs[0].i, i1: last.i + last.size, j0: runs[0].j, j1: last.j + last.size };
  };
  const placesOf = (plain, stream, gram) => {
    const found = new Map();
    for (let i = 0; i + gram <= plain.length; i++) found.set(plain.slice(i, i + gram), []);
    for (let j = 0; j + gram <= stream.length; j++) found.get(stream.slice(j, j + gram))?.push(j);
    return found;
  };

  const separate = (plain, corpus, measured, likely) => {
    const found = [], places = placesOf(plain, corpus.stream, measured.gram);
    const waiting = [[0, plain.length]];
    while (waiting.length) {
      const [low, high] = waiting.pop();
      if (high - low < measured.least) continue;
      const one = best(plain, corpus, measured, places, found, likely, low, high);
      if (!one) continue;
      const parts = divided(one, measured.short, corpus);
      const ends = [low, ...parts.flatMap(part => [part.i0, part.i1]), high];
      for (let n = 0; n < ends.length; n += 2) waiting.push([ends[n], ends[n + 1]]);
      found.push(...parts);
    }
    return found.sort((a, b) => a.i0 - b.i0);
  };
  const divided = (one, short, corpus) => {
    const out = [];
    let some = [one.runs[0]];
    for (const run of one.runs.slice(1)) {
      const last = some.at(-1);
      if (run.i - last.i - last.size >= short || corpus.law(run.j) !== corpus.law(last.j)) {
        out.push(block(some, one.also));
        some = [];
      }
      some.push(run);
    }
    out.push(block(some, one.also));
    return out;
  };
  S.keyOf = (law, provision) => `${law.id}/${provision.n}`;
  const greater = (a, b) => {
    for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return a[n] > b[n];
    return false;
  };
  const sameRuns = (a, b) => a.length === b.length && a.every((run, n) => run.i === b[n].i && run.j === b[n].j && run.size === b[n].size);

  const best = (plain, corpus, measured, places, known, likely, low, high) => {
    let rank = null, chosen = [], also = [];
    const used = new Set(known.map(one => corpus.law(one.j0)));
    const seeds = seedsOf(plain, measured.gram, places, low, high);
    for (const band of densest(seeds)) {
      const some = [...seeds.get(band) ?? [], ...seeds.get(band + 1) ?? []];
      const [score, runs] = chain(runsOf(plain, corpus.stream, measured.gram, low, high, some));
      if (score < measured.least) continue;
      const { law, provision } = corpus.spots[corpus.at(runs[0].j)];
      const own = [score, Number(likely.has(S.keyOf(corpus.laws[law], provision))), Number(used.has(law)), corpus.laws[law].effective];
      if (sameRuns(runs, chosen) || (rank && score === rank[0] && also.includes(runs[0].j))) continue;
      if (!rank || greater(own, rank)) {
        also = rank && rank[0] === score ? [...also, chosen[0].j] : [];
        rank = own;
        chosen = runs;
      } else if (score === rank[0]) also.push(runs[0].j);
    }
    return chosen.length ? block(chosen, also.sort((a, b) => a - b)) : null;
  };

  const seedsOf = (plain, gram, places, low, high) => {
    const seeds = new Map();
    for (let i = low; i + gram <= high; i++) {
      const some = places.get(plain.slice(i, i + gram));
      if (some.length > MANY && high - low > 40) continue;
      for (const j of some) {
        const band = Math.floor((j - i) / BAND), known = seeds.get(band);
        if (known) known.push([i, j]); else seeds.set(band, [[i, j]]);
      }
    }
    return seeds;
  };
  const densest = seeds => {
    const both = new Map();
    for (const [band, some] of seeds) both.set(band, some.length + (seeds.get(band + 1)?.length ?? 0));
    for (const [band, some] of seeds) if (!both.has(band - 1)) both.set(band - 1, some.length);
    return [...both].sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, CANDIDATES).map(([b]) => b).sort((x, y) => x - y);
  };

  const runsOf = (plain, stream, gram, low, high, seeds) => {
    const reached = new Map(), out = [];
    for (const [i, j] of seeds) {
      const d = j - i;
      if (i < (reached.get(d) ?? 0)) continue;
      let a = i, b = j, end = i + gram;
      while (a > low && b > 0 && plain[a - 1] === stream[b - 1]) { a--; b--; }
      while (end < high && end + d < stream.length && plain[end] === stream[end + d]) end++;
      reached.set(d, end);
      out.push({ i: a, j: b, size: end - a });
    }
    return out.sort((x, y) => x.i - y.i || x.j - y.j || x.size - y.size);
  };

  const chain = runs => {
    if (!runs.length) return [0, []];
    const scores = [], chains = [];
    runs.forEach((run, k) => {
      let score = run.size, before = -1, taken = 0;
      for (let m = Math.max(0, k - BEFORE); m < k; m++) {
        const other = runs[m];
        let di = run.i - other.i - other.size, dj = run.j - other.j - other.size;
        const over = Math.max(0, -di, -dj);
        if (over >= run.size) continue;
        di += over;
        dj += over;
        const value = scores[m] - Math.min(di, dj) - Math.min(Math.abs(di - dj), LONG_GAP) + run.size - over;
        if (value > score) { score = value; before = m; taken = over; }
      }
      scores.push(score);
      chains.push([before, taken]);
    });
    const top = scores.reduce((a, b) => Math.max(a, b));
    const out = [];
    for (let at = scores.indexOf(top); at >= 0; at = chains[at][0]) {
      const { i, j, size } = runs[at], taken = chains[at][1];
      out.push({ i: i + taken, j: j + taken, size: size - taken });
    }
    return [top, out.reverse()];
  };

  const stretched = (blocks, plain, corpus, { gram, short }) => {
    const out = [...blocks];
    out.forEach((one, n) => {
      if (n === 0 && gram <= one.i0 && one.i0 < short) {
        const low = corpus.provision(one.j0)[0];
        const at = corpus.stream.slice(low, one.j0).lastIndexOf(plain.slice(0, one.i0));
        if (at >= 0) out[n] = one = block([{ i: 0, j: low + at, size: one.i0 }, ...one.runs], one.also);
      }
      const stop = n + 1 < out.length ? out[n + 1].i0 : plain.length, left = stop - one.i1;
      if (gram <= left && left < short) {
        const high = corpus.provision(one.j1 - 1)[1];
        const at = corpus.stream.slice(one.j1, high).indexOf(plain.slice(one.i1, stop));
        if (at >= 0) out[n] = block([...one.runs, { i: one.i1, j: one.j1 + at, size: left }], one.also);
      }
    });
    return out;
  };

  const joined = (blocks, corpus) => {
    const out = [];
    for (const one of blocks) {
      const last = out.at(-1);
      if (last && last.j1 <= one.j0) {
        const a = corpus.spots[corpus.at(last.j1 - 1)], b = corpus.spots[corpus.at(one.j0)];
        if (a.law === b.law && a.provision === b.provision) {
          out[out.length - 1] = block([...last.runs, ...one.runs], last.also);
          continue;
        }
      }
      out.push(one);
    }
    return out;
  };

  /* The blocks of a passage in its order; they do not overlap.  `likely` are places, as `S.keyOf`
     has them: of places that are as good, one in these is taken. */
  S.blocksOf = (plain, corpus, measured, likely) =>
    stretched(joined(separate(plain, corpus, measured, likely), corpus), plain, corpus, measured);
})();
