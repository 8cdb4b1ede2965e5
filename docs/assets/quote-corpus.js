/* The quote checker, what it compares: characters as they are compared, and the laws as streams of
   them.  This and the other scripts of it (quote-citations, -languages, -blocks, -differences,
   -check) do what the modules of these names in build_scripts/duizhao/quote do, step by step.
   All offsets are in characters (code points); a compared character is one UTF-16 unit. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  S.SHORTEST_PASSAGE = 10;
  S.LONGEST_PASSAGE = 5000;

  /* --- characters and texts as they are compared --- */

  const rare = new Map(); // characters beyond the first plane, by a private one each
  const unit = c => {
    if (c.length === 1) return c;
    if (!rare.has(c)) rare.set(c, String.fromCharCode(0xe000 + rare.size));
    return rare.get(c);
  };
  S.foldedText = text => {
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
  S.slice = (folded, [from, to]) => folded.chars.slice(from, to).join("");

  /* What this site says where text is lost: copied along, it is none of the law's words. */
  const LOST = /〔原文缺(?:：[^〔〕\n]*)?〕|\[text lost(?:: [^\[\]\n]*)?\]/gu;
  S.cleanedPassage = text => text.toWellFormed ? clean(text.toWellFormed().replaceAll("\ufffd", "")) : clean(text);
  const clean = text => text.replace(/\u00ad\s*\n\s*/g, "").replace(LOST, "").replace(/\p{Cf}|\p{Cs}/gu, "").replace(/(?![\n\t])\p{Cc}/gu, " ").trim();
  S.hasHan = text => /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u.test(text);

  /* Where a pattern, which is sticky, fits at a place. */
  S.fits = (pattern, text, place) => {
    pattern.lastIndex = place;
    return pattern.exec(text);
  };
  /* Which of a text's characters begins at an offset of the string. */
  S.charactersAt = text => {
    const at = new Map([[0, 0]]);
    let offset = 0;
    for (const c of text) at.set(offset += c.length, at.size);
    return at;
  };

  /* --- the corpus --- */

  /* `laws` as the index gives them; side is "zh" or "other". */
  const corpusOf = (laws, side) => {
    const spots = [], begins = [], parts = [];
    let at = 0;
    laws.forEach((law, n) => {
      if (n) { parts.push("\n"); at++; }
      for (const provision of law.provisions())
        provision.units.forEach((own, u) => {
          const text = own[side];
          const { plain } = S.foldedText(text);
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
    for (const { chinese } of texts) out[chinese ? "zh" : "other"] ??= corpusOf(laws, chinese ? "zh" : "other");
    return out;
  };
})();
