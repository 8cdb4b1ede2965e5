/* The quote checker, differences: the passage against the text, character by character. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  S.WORDS = new Set(["changed", "added", "missing"]);
  const SPACES = /\s+/g, QUOTING = /[“”‘’「」『』"'…]/g, DOTS = /…|⋯|[.]{3}|[。]{3}/, DIVIDED = /^(?:[-\u2010]\s*\n\s*|\ufffe\s*)$/;
  const wide = text => text.normalize("NFKC");
  const bare = text => text.replace(SPACES, "");

  S.sourceOf = (one, corpus, side) => {
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
    return { folded: S.foldedText(parts.join("\n")), base: corpus.begins[first], corrections, units, ordinals };
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

  S.segmentsOf = (p, one, source, [low, high, start, end], chinese) => {
    const t = source.folded, base = source.base, out = [];
    const add = (kind, mine, theirs) => {
      if (mine[0] < mine[1] || theirs[0] < theirs[1])
        out.push({ kind, mine: S.slice(p, mine), theirs: S.slice(t, theirs), start: theirs[0], end: theirs[1] });
    };
    const between = (mine, theirs) => {
      if (mine[0] < mine[1] || theirs[0] < theirs[1]) add(marks(S.slice(p, mine), S.slice(t, theirs), chinese), mine, theirs);
    };
    const changed = ([a, b], [c, d]) => {
      while (a < b && c < d && p.chars[a] === t.chars[c]) {
        add("same", [a, a + 1], [c, c + 1]);
        a++;
        c++;
      }
      let tail = 0;
      while (a < b - tail && c < d - tail && p.chars[b - 1 - tail] === t.chars[d - 1 - tail]) tail++;
      const left = S.slice(p, [a, b - tail]).trim(), right = S.slice(t, [c, d - tail]).trim();
      const dots = left && right && DOTS.test(left) && !S.foldedText(left).plain;
      add(dots ? "omitted" : left && right ? "changed" : left ? "added" : "missing", [a, b - tail], [c, d - tail]);
      add("same", [b - tail, b], [d - tail, d]);
    };
    const edge = (mine, theirs, fits) => {
      const own = bare(S.slice(p, mine)), two = bare(S.slice(t, theirs)), plain = own.replace(QUOTING, "");
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
        add(form(S.slice(p, mine), S.slice(t, theirs)), mine, theirs);
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
      if (last && (S.WORDS.has(last.kind) || S.WORDS.has(one.kind)) && joins(last, one)) {
        out.pop();
        if (S.WORDS.has(last.kind) && S.WORDS.has(one.kind)) [last, one] = [together(last, one), null];
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
    const text = range => S.slice(source.folded, range);
    for (const [start, end, original] of source.corrections) {
      if (segment.kind === "same" || segment.start > end || segment.end < start) continue;
      const low = Math.min(start, segment.start), high = Math.max(end, segment.end);
      const mine = text([low, segment.start]) + segment.mine + text([segment.end, high]);
      if (mine === text([low, start]) + original + text([end, high])) return { ...segment, kind: "source" };
    }
    return segment;
  };
})();
