/* The quote checker, the check: a passage against the corpora of its languages, its verdict and its parts. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const WORSE = ["exact", "source", "abridged", "form", "altered"];

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
    if ([...kinds].some(kind => S.WORDS.has(kind))) return "altered";
    if ([...kinds].some(kind => kind !== "source" && kind !== "omitted")) return "form";
    return kinds.has("omitted") ? "abridged" : kinds.size ? "source" : "exact";
  };

  /* The parts of a text in one language, each with its block. */
  const compared = (text, corpus, chinese, likely) => {
    const p = S.foldedText(text), size = p.plain.length;
    const side = chinese ? "zh" : "other";
    const measured = S.measures(size, chinese);
    const blocks = S.blocksOf(p.plain, corpus, measured, likely);
    const parts = [];
    const unknown = (low, high) => {
      const end = high < size ? p.start[high] : p.chars.length;
      parts.push({ ...partOf("unknown", chinese, [{ kind: "unknown", mine: S.slice(p, [low ? Math.max(p.start[low], p.end[low - 1]) : 0, end]), theirs: "" }]), size: high - low });
    };
    const found = (one, part) => {
      const source = S.sourceOf(one, corpus, side);
      const segments = S.segmentsOf(p, one, source, part, chinese);
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
    const meant = [];
    for (const law of own) {
      const place = S.citedIn(one, law), cited = [place, S.inFirstParagraph(place)].filter(Boolean);
      for (const provision of law.provisions())
        for (const unit of provision.units)
          if ((one.said && S.folded(unit.citeOther).joined === one.said) || cited.includes(unit.eid))
            meant.push({ law, provision, unit: unit.eid === provision.eid ? null : unit, eid: unit.eid });
    }
    const right = quoted.some(place => {
      const eid = one.laws.includes(place.law.id) && (S.citedIn(one, place.law) || meant[0]?.eid);
      return eid && S.cites(eid, place.eid);
    });
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
    const p = S.foldedText(whole.chars.join(""));
    const sides = new Set(whole.texts.map(({ chinese }) => chinese ? "zh" : "other")); // small sites keep both
    const foreign = one => {
      const side = S.hasHan(S.slice(p, [one.start, one.end])) ? "zh" : "other";
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
        for (let n = corpus.at(one.j0); n <= corpus.at(one.j1 - 1); n++) likely.add(S.keyOf(corpus.laws[corpus.spots[n].law], corpus.spots[n].provision));
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
