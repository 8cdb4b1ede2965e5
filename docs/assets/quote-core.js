/* The quote checker, the comparing: does what build_scripts/duizhao/quote does, step by step.
   All offsets are in characters (code points); a compared character is one UTF-16 unit. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const BAND = 32, CANDIDATES = 12, BEFORE = 60, LONG_GAP = 12, MANY = 4000;
  const WORDS = new Set(["changed", "added", "missing"]);
  const WORSE = ["exact", "source", "abridged", "form", "altered"];
  const SPACES = /\s+/g, QUOTING = /[“”‘’「」『』"'…]/g, DOTS = /…|⋯|[.]{3}|[。]{3}/, DIVIDED = /^(?:[-\u2010]\s*\n\s*|\ufffe\s*)$/;
  S.SHORTEST_PASSAGE = 10;
  S.LONGEST_PASSAGE = 5000;

  /* --- characters and texts as they are compared --- */

  const rare = new Map(); // characters beyond the first plane, by a private one each
  const unit = c => {
    if (c.length === 1) return c;
    if (!rare.has(c)) rare.set(c, String.fromCharCode(0xe000 + rare.size));
    return rare.get(c);
  };
  const foldedText = text => {
    const chars = [...text], start = [], end = [];
    let plain = "";
    chars.forEach((character, at) => {
      for (const one of S.foldCharacter(character)) {
        plain += unit(one);
        start.push(at);
        end.push(at + 1);
      }
    });
    return { chars, plain, start, end };
  };
  const slice = (folded, [from, to]) => folded.chars.slice(from, to).join("");
  const wide = text => text.normalize("NFKC");
  const bare = text => text.replace(SPACES, "");

  S.cleanedPassage = text => text.toWellFormed ? clean(text.toWellFormed().replaceAll("\ufffd", "")) : clean(text);
  const clean = text => text.replace(/\u00ad\s*\n\s*/g, "").replace(/\p{Cf}|\p{Cs}/gu, "").replace(/(?![\n\t])\p{Cc}/gu, " ").trim();

  /* --- the corpus --- */

  /* `laws` as the index gives them; side is "zh" or "other". */
  S.corpusOf = (laws, side) => {
    const spots = [], begins = [], parts = [];
    let at = 0;
    laws.forEach((law, n) => {
      if (n) { parts.push("\n"); at++; }
      for (const provision of law.provisions())
        provision.units.forEach((own, u) => {
          const text = own[side];
          const { plain } = foldedText(text);
          if (!plain) return;
          spots.push({ law: n, provision, u, unit: own, text });
          begins.push(at);
          parts.push(plain);
          at += plain.length;
        });
    });
    const corpus = { laws, stream: parts.join(""), spots, begins };
    corpus.at = place => {
      let low = 0, high = begins.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (place < begins[middle]) high = middle; else low = middle + 1;
      }
      return low - 1;
    };
    corpus.provision = place => {
      let first = corpus.at(place), last = first;
      const own = spots[first].provision;
      while (first > 0 && spots[first - 1].provision === own) first--;
      while (last + 1 < spots.length && spots[last + 1].provision === own) last++;
      const next = last + 1 < spots.length ? begins[last + 1] - (spots[last + 1].law !== spots[last].law) : corpus.stream.length;
      return [begins[first], next];
    };
    corpus.law = place => spots[corpus.at(place)].law;
    return corpus;
  };

  /* The corpora of the sides that a divided passage has, of the laws that its texts may be from
     and of those that it cites; `on` is the engine, `rows` as for `S.dividedPassage`. */
  const CITED = 8; // laws at most that are loaded for a citation
  const kept = new WeakMap(); // of a small site: by engine and side
  S.corporaOf = async (on, rows, { texts, cited }) => {
    const near = await Promise.all(texts.map(({ text, chinese }) => on.near(text, chinese)));
    const ids = new Set(cited.flatMap(one => one.laws));
    const named = rows.flatMap(([id], n) => ids.has(id) ? [n] : []).slice(0, CITED);
    const laws = await Promise.all([...new Set([...near.flat(), ...named])].sort((a, b) => a - b).map(on.whole));
    const out = on.small && kept.get(on) || {};
    if (on.small) kept.set(on, out);
    for (const { chinese } of texts) out[chinese ? "zh" : "other"] ??= S.corpusOf(laws, chinese ? "zh" : "other");
    return out;
  };

  /* --- blocks --- */

  const measures = (size, chinese) => {
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

  const blocksOf = (plain, corpus, measured, likely) => {
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
  const placed = (law, provision) => `${law.id}/${provision.n}`;
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
      const own = [score, Number(likely.has(placed(corpus.laws[law], provision))), Number(used.has(law)), corpus.laws[law].effective];
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

  /* --- differences --- */

  const sourceOf = (one, corpus, side) => {
    const first = corpus.at(one.j0), last = corpus.at(one.j1 - 1);
    const parts = [], corrections = [], units = [], ordinals = new Map(); // of paragraphs, in a print's margin
    let at = 0;
    for (let n = first; n <= last; n++) {
      const spot = corpus.spots[n], { eid } = spot.unit;
      ordinals.set(corpus.begins[n] - corpus.begins[first], /__para_([0-9]+)$/.exec(eid)?.[1] ?? (eid === spot.provision.eid ? "1" : ""));
      if (side === "zh") for (const [a, b, was] of spot.unit.corrections) corrections.push([at + a, at + b, was]);
      parts.push(spot.text);
      units.push(n);
      at += [...spot.text].length + 1;
    }
    return { folded: foldedText(parts.join("\n")), base: corpus.begins[first], corrections, units, ordinals };
  };

  const form = (mine, theirs) => {
    if (mine === theirs) return "same";
    const one = wide(mine), two = wide(theirs);
    return one === two ? "width" : one.toLowerCase() === two.toLowerCase() ? "case" : "script";
  };
  const marks = (mine, theirs, chinese) => {
    const one = bare(mine), two = bare(theirs);
    if (!chinese && DIVIDED.test(mine) && (theirs === "" || theirs === "-")) return "same";
    if (one === two) return /\s/.test(mine) !== /\s/.test(theirs) && !chinese ? "space" : "same";
    return wide(one) === wide(two) ? "width" : "punctuation";
  };

  const segmentsOf = (p, one, source, [low, high, start, end], chinese) => {
    const t = source.folded, base = source.base, out = [];
    const add = (kind, mine, theirs) => {
      if (mine[0] < mine[1] || theirs[0] < theirs[1])
        out.push({ kind, mine: slice(p, mine), theirs: slice(t, theirs), start: theirs[0], end: theirs[1] });
    };
    const between = (mine, theirs) => {
      if (mine[0] < mine[1] || theirs[0] < theirs[1]) add(marks(slice(p, mine), slice(t, theirs), chinese), mine, theirs);
    };
    const changed = ([a, b], [c, d]) => {
      while (a < b && c < d && p.chars[a] === t.chars[c]) {
        add("same", [a, a + 1], [c, c + 1]);
        a++;
        c++;
      }
      let tail = 0;
      while (a < b - tail && c < d - tail && p.chars[b - 1 - tail] === t.chars[d - 1 - tail]) tail++;
      const left = slice(p, [a, b - tail]).trim(), right = slice(t, [c, d - tail]).trim();
      const dots = left && right && DOTS.test(left) && !foldedText(left).plain;
      add(dots ? "omitted" : left && right ? "changed" : left ? "added" : "missing", [a, b - tail], [c, d - tail]);
      add("same", [b - tail, b], [d - tail, d]);
    };
    const edge = (mine, theirs, fits) => {
      const own = bare(slice(p, mine)), two = bare(slice(t, theirs)), plain = own.replace(QUOTING, "");
      if (!plain || two[fits](own) || two[fits](plain)) add("same", mine, [0, 0]);
      else add(wide(two)[fits](wide(plain)) ? "width" : "punctuation", mine, theirs);
    };
    const numbered = (i, to, j) =>
      !p.chars.slice(p.chars.lastIndexOf("\n", p.start[i]) + 1, p.start[i]).join("").trim() && p.plain.slice(i, to) === source.ordinals.get(j);
    const room = (wanted, there) => wanted <= 3 ? Math.min(wanted, there) : 0;

    // before the block
    const j0 = one.j0 - base, j1 = one.j1 - base;
    if (low < one.i0 && numbered(low, one.i0, j0)) add("same", [start, p.start[one.i0]], [0, 0]);
    else if (low < one.i0) {
      const some = room(one.i0 - low, j0);
      add("same", [start, p.start[low]], [0, 0]);
      changed([p.start[low], p.start[one.i0]], [t.start[j0 - some], t.start[j0]]);
    } else edge([start, p.start[one.i0]], [j0 ? t.end[j0 - 1] : 0, t.start[j0]], "endsWith");
    // the block
    one.runs.forEach(({ i, j, size }, n) => {
      if (n) {
        const before = one.runs[n - 1];
        const i1 = before.i + before.size, b1 = before.j + before.size - base;
        const mine = [p.end[i1 - 1], p.start[i]], theirs = [t.end[b1 - 1], t.start[j - base]];
        if (i1 === i && b1 === j - base) between(mine, theirs);
        else if (b1 === j - base && numbered(i1, i, b1)) {
          between([mine[0], p.start[i1]], theirs);
          add("same", [p.start[i1], mine[1]], [theirs[1], theirs[1]]);
        } else changed(mine, theirs);
      }
      for (let k = 0; k < size; k++) {
        const a = i + k, b = j - base + k;
        if (k) {
          if (p.start[a] === p.start[a - 1] && t.start[b] === t.start[b - 1]) continue;
          between([p.end[a - 1], p.start[a]], [t.end[b - 1], t.start[b]]);
        }
        const mine = [p.start[a], p.end[a]], theirs = [t.start[b], t.end[b]];
        add(form(slice(p, mine), slice(t, theirs)), mine, theirs);
      }
    });
    // after it
    if (one.i1 < high) {
      const stop = t.end[j1 + room(high - one.i1, t.plain.length - j1) - 1];
      changed([p.end[one.i1 - 1], p.end[high - 1]], [t.end[j1 - 1], stop]);
      add("same", [p.end[high - 1], end], [stop, stop]);
    } else edge([p.end[one.i1 - 1], end], [t.end[j1 - 1], j1 < t.start.length ? t.start[j1] : t.chars.length], "startsWith");
    return (chinese ? merged(out) : wholeWords(merged(out))).map(segment => asSource(segment, source));
  };
  const MERGED = new Set(["same", "width", "case", "script"]);
  const merged = segments => {
    const out = [];
    for (const one of segments) {
      const last = out.at(-1);
      if (last && last.kind === one.kind && MERGED.has(one.kind)) {
        last.mine += one.mine;
        last.theirs += one.theirs;
        last.end = one.end;
      } else out.push({ ...one });
    }
    return out;
  };
  const letters = text => /^[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]+/.exec(text)?.[0].length ?? 0;
  const lettersAtEnd = text => /[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]*$/.exec(text)[0].length;
  const joins = (one, two) => (lettersAtEnd(one.mine) || lettersAtEnd(one.theirs)) && (letters(two.mine) || letters(two.theirs));
  const split = (same, at) => {
    const before = letters(same.mine) === at ? at : at + same.theirs.length - same.mine.length;
    const middle = same.start + [...same.theirs.slice(0, before)].length;
    return [
      { kind: "same", mine: same.mine.slice(0, at), theirs: same.theirs.slice(0, before), start: same.start, end: middle },
      { kind: "same", mine: same.mine.slice(at), theirs: same.theirs.slice(before), start: middle, end: same.end },
    ];
  };
  const together = (one, two) => {
    const mine = one.mine + two.mine, theirs = one.theirs + two.theirs;
    return { kind: mine.trim() && theirs.trim() ? "changed" : mine.trim() ? "added" : "missing", mine, theirs, start: one.start, end: two.end };
  };
  /* Segments of which none with other words begins or ends within a word. */
  const wholeWords = segments => {
    const out = [];
    const put = one => { if (one && one.mine + one.theirs) out.push(one); };
    for (const segment of segments) {
      let last = out.at(-1), one = segment;
      if (last && (WORDS.has(last.kind) || WORDS.has(one.kind)) && joins(last, one)) {
        out.pop();
        if (WORDS.has(last.kind) && WORDS.has(one.kind)) [last, one] = [together(last, one), null];
        else if (one.kind === "same") {
          const [head, rest] = split(one, letters(one.mine));
          [last, one] = [together(last, head), rest];
        } else if (last.kind === "same") {
          const [rest, tail] = split(last, last.mine.length - lettersAtEnd(last.mine));
          [last, one] = [rest, together(tail, one)];
        }
        put(last);
      }
      put(one);
    }
    return out;
  };
  const asSource = (segment, source) => {
    const text = range => slice(source.folded, range);
    for (const [start, end, original] of source.corrections) {
      if (segment.kind === "same" || segment.start > end || segment.end < start) continue;
      const low = Math.min(start, segment.start), high = Math.max(end, segment.end);
      const mine = text([low, segment.start]) + segment.mine + text([segment.end, high]);
      if (mine === text([low, start]) + original + text([end, high])) return { ...segment, kind: "source" };
    }
    return segment;
  };

  /* --- the check --- */

  const placesOfUnits = (corpus, units) => {
    const groups = [];
    for (const n of units) {
      const { law, provision, unit: own } = corpus.spots[n];
      const last = groups.at(-1);
      if (last && last.provision === provision) last.units.push(own);
      else groups.push({ law: corpus.laws[law], provision, units: [own] });
    }
    return groups.map(({ law, provision, units: some }) => ({ law, provision, unit: some.length === 1 ? some[0] : null, eid: (some.length === 1 ? some[0] : provision).eid }));
  };
  const otherVersions = (corpus, one) => {
    const own = corpus.laws[corpus.law(one.j0)], title = own.titles[0].replace(S.VERSION, "");
    const words = corpus.stream.slice(one.j0, one.j1);
    const streams = corpus.stream.split("\n");
    return corpus.laws.filter((law, n) => law !== own && title && law.titles[0].replace(S.VERSION, "") === title && streams[n] && !streams[n].includes(words));
  };

  const worst = kinds => {
    if ([...kinds].some(kind => WORDS.has(kind))) return "altered";
    if ([...kinds].some(kind => kind !== "source" && kind !== "omitted")) return "form";
    return kinds.has("omitted") ? "abridged" : kinds.size ? "source" : "exact";
  };

  /* The parts of a text in one language, each with its block. */
  const compared = (text, corpus, chinese, likely) => {
    const p = foldedText(text), size = p.plain.length;
    const side = chinese ? "zh" : "other";
    const measured = measures(size, chinese);
    const blocks = stretched(joined(blocksOf(p.plain, corpus, measured, likely), corpus), p.plain, corpus, measured);
    const parts = [];
    const unknown = (low, high) => {
      const end = high < size ? p.start[high] : p.chars.length;
      parts.push({ ...partOf("unknown", chinese, [{ kind: "unknown", mine: slice(p, [low ? Math.max(p.start[low], p.end[low - 1]) : 0, end]), theirs: "" }]), size: high - low });
    };
    const found = (one, part) => {
      const source = sourceOf(one, corpus, side);
      const segments = segmentsOf(p, one, source, part, chinese);
      const begin = source.folded.start[one.j0 - source.base], end = source.folded.end[one.j1 - 1 - source.base];
      parts.push({
        status: worst(new Set(segments.map(s => s.kind).filter(kind => kind !== "same"))), chinese,
        size: part[1] - part[0], segments, one,
        places: placesOfUnits(corpus, source.units),
        also: one.also.slice(0, 5).flatMap(j => placesOfUnits(corpus, [corpus.at(j)])),
        corrected: source.corrections.some(([a, b]) => a < end && begin < b),
        other: otherVersions(corpus, one),
      });
    };
    if (!blocks.length) unknown(0, size);
    else {
      let low = 0;
      if (blocks[0].i0 >= measured.short) unknown(0, low = blocks[0].i0);
      let start = low ? p.start[low] : 0;
      blocks.forEach((one, n) => {
        const stop = n + 1 < blocks.length ? blocks[n + 1].i0 : size;
        const high = stop - one.i1 < measured.short ? stop : one.i1;
        found(one, [low, high, start, high < size ? p.start[high] : p.chars.length]);
        if (high < stop) unknown(high, stop);
        low = stop;
        start = stop < size ? p.start[stop] : p.chars.length;
      });
    }
    return parts;
  };
  const partOf = (status, chinese, segments, places = []) => ({ status, chinese, size: 0, segments, places, also: [], other: [], corrected: false });

  /* Whether a law has the citation itself, with the same characters around it. */
  const AROUND = 4;
  const printed = (one, p, stream) => {
    const [low, high] = [one.start, one.end].map(at => p.start.findLastIndex(start => start < at) + 1);
    const words = p.plain.slice(Math.max(0, low - AROUND), high + AROUND);
    return stream.includes(words);
  };

  /* A citation: whether it is of one of the places that are quoted, and what it is of. */
  const citation = (one, mine, quoted, laws) => {
    const own = laws.filter(law => one.laws.includes(law.id));
    const unquoted = law => Number(quoted.every(place => place.law.id !== law.id));
    own.sort((a, b) => unquoted(a) - unquoted(b));
    const cited = [one.eid, S.inFirstParagraph(one.eid)], meant = [];
    for (const law of own)
      for (const provision of law.provisions())
        for (const unit of provision.units)
          if ((one.said && S.folded(unit.citeOther).joined === one.said) || cited.includes(unit.eid))
            meant.push({ law, provision, unit: unit.eid === provision.eid ? null : unit, eid: unit.eid });
    const eid = one.eid || meant[0]?.eid;
    const right = quoted.some(place => one.laws.includes(place.law.id) && eid && S.cites(eid, place.eid));
    return partOf(right ? "cited" : "miscited", S.hasHan(mine), [{ kind: "same", mine, theirs: "" }], meant.slice(0, 1));
  };

  S.isCompared = part => !["cited", "miscited", "aside"].includes(part.status);
  const statusOf = parts => {
    const found = parts.filter(part => part.places.length);
    if (!found.length) return "none";
    if (found.length < parts.length) return "partly";
    if (found.length > new Set(found.map(part => part.chinese)).size) return "joined";
    return WORSE[Math.max(...found.map(part => WORSE.indexOf(part.status)))];
  };

  /* A passage, divided by `S.dividedPassage`, against the corpora of the sides that it has:
     {zh, other}; `sizes` are of the Chinese and of the translation. */
  S.quote = (whole, corpora) => {
    const p = foldedText(whole.chars.join(""));
    const sides = new Set(whole.texts.map(({ chinese }) => chinese ? "zh" : "other")); // small sites keep both
    const foreign = one => {
      const side = S.hasHan(slice(p, [one.start, one.end])) ? "zh" : "other";
      return !sides.has(side) || !printed(one, p, corpora[side].stream);
    };
    const divided = whole.cited.every(foreign) ? whole : whole.only(foreign);
    const placedParts = [], likely = new Set();
    for (const { chinese, text, place } of divided.texts) {
      const corpus = corpora[chinese ? "zh" : "other"];
      let at = 0;
      for (const { one, ...part } of compared(text, corpus, chinese, new Set(likely))) {
        placedParts.push([place(at), part]);
        at += part.segments.reduce((sum, { mine }) => sum + [...mine].length, 0);
        if (!one) continue;
        for (let n = corpus.at(one.j0); n <= corpus.at(one.j1 - 1); n++) likely.add(placed(corpus.laws[corpus.spots[n].law], corpus.spots[n].provision));
      }
    }
    let status = statusOf(placedParts.map(([, part]) => part));
    const quoted = placedParts.flatMap(([, part]) => [...part.places, ...part.also]);
    const { laws } = Object.values(corpora)[0];
    for (const one of divided.cited)
      placedParts.push([one.start, citation(one, divided.chars.slice(one.start, one.end).join(""), quoted, laws)]);
    const parts = placedParts.sort((a, b) => a[0] - b[0]).map(([, part]) => part);
    if (status === "exact" && parts.some(part => part.status === "miscited")) status = "miscited";
    if (divided.aside) parts.push(partOf("aside", S.hasHan(divided.aside), [{ kind: "same", mine: divided.aside, theirs: "" }]));
    const sizes = [true, false].map(side => parts.filter(part => part.chinese === side).reduce((sum, part) => sum + part.size, 0));
    const known = [true, false].map(side => parts.filter(part => part.chinese === side && S.isCompared(part) && part.places.length).length);
    return { status, sizes, joined: Math.max(...known), parts };
  };
})();
