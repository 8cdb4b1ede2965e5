/* The quote checker, a passage divided into stretches of one language and script: a passage in, its
   texts by language, its citations and the rest out. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const size = text => [...text].length;
  const compared = text => [...text].flatMap(c => [...S.foldCharacter(c)]).length;
  const KANA = /[\u3040-\u30ff]/, APOSTROPHES = "'’-";
  const TONES = /[\u0304\u0301\u030c\u0300]/, SURE = /[\u0304\u030c]/;
  const SYLLABLE = /^(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|[aoeiuv])r?)$/;
  const LEAST = 5, WORD = 24, LEAST_WORDS = 2, LEAST_LETTERS = 8, LEAST_HAN = 3;
  S.LEAST_COMPARED = LEAST;

  const kindOf = (character, chinese) =>
    character === undefined || !/[\p{L}\p{M}]/u.test(character) ? "" : chinese && S.hasHan(character) ? "zh" : "other";
  const part = (chars, start, end) => chars.slice(start, end).join("");

  const runsOf = chars => {
    const found = [];
    for (let from = 0; from <= chars.length;) {
      let to = chars.indexOf("\n", from);
      if (to < 0) to = chars.length;
      const chinese = !KANA.test(part(chars, from, to));
      let start = from, kind = "";
      for (let n = from; n <= to; n++) {
        const own = n < to ? kindOf(chars[n], chinese) : "";
        const inner = n < to && kind === "other" && APOSTROPHES.includes(chars[n]);
        if (own === kind || (inner && kindOf(chars[n + 1], chinese) === "other")) continue;
        if (kind) found.push({ kind, start, end: n, words: 1, letters: compared(part(chars, start, n)) });
        start = n;
        kind = own;
      }
      from = to + 1;
    }
    return found;
  };

  const spelled = word => {
    const apart = word.normalize("NFD").replaceAll("u\u0308", "v").replaceAll("U\u0308", "v");
    const letters = [...apart].filter(c => !TONES.test(c) && !APOSTROPHES.includes(c)).join("").toLowerCase();
    if (!letters || size(letters) > WORD) return "";
    const reached = new Set([0]);
    for (let n = 0; n < letters.length; n++)
      if (reached.has(n))
        for (let end = n + 1; end <= Math.min(n + 7, letters.length); end++)
          if (SYLLABLE.test(letters.slice(n, end))) reached.add(end);
    return reached.has(letters.length) ? apart : "";
  };
  const joined = runs => {
    const out = [];
    for (const run of runs) {
      const last = out.at(-1);
      if (last?.kind === run.kind) out[out.length - 1] = { ...last, end: run.end, words: last.words + run.words, letters: last.letters + run.letters };
      else out.push(run);
    }
    return out;
  };
  const withPinyin = (words, chars) => {
    const spellings = words.map(w => w.kind === "other" ? spelled(part(chars, w.start, w.end)) : "");
    const sure = spellings.some(s => SURE.test(s));
    const kinds = words.map((word, n) => sure && TONES.test(spellings[n]) ? "pinyin" : word.kind);
    if (sure)
      for (let n = 1; n < words.length; n++)
        if (kinds[n] === "other" && /^[a-z]+$/.test(spellings[n]) && kinds[n - 1] !== "other" && kinds[n + 1] !== "other" && SYLLABLE.test(spellings[n])) kinds[n] = "pinyin";
    const runs = joined(words.map((word, n) => ({ ...word, kind: kinds[n] })));
    const ended = (from, to) => part(chars, from, to).includes("\n");
    const foreign = (run, n) => run.kind === "pinyin" && run.words <= LEAST_WORDS
      && ((runs[n - 1]?.kind === "other" && !ended(runs[n - 1].end, run.start)) || (runs[n + 1]?.kind === "other" && !ended(run.end, runs[n + 1].start)));
    return joined(runs.map((run, n) => foreign(run, n) ? { ...run, kind: "other" } : run));
  };

  const stands = (line, n) => {
    const { kind, words, letters } = line[n];
    if (line.length === 1) return true;
    if (kind === "zh") return letters >= LEAST_HAN - (n === 0);
    return (words >= LEAST_WORDS && letters >= LEAST_LETTERS) || letters > 2 * LEAST_LETTERS;
  };
  const settled = (runs, chars) => {
    const lines = [];
    for (const run of runs) {
      if (run.kind === "pinyin") continue;
      const last = lines.at(-1)?.at(-1);
      if (!last || part(chars, last.end, run.start).includes("\n")) lines.push([run]);
      else lines.at(-1).push(run);
    }
    let out = runs.filter(run => run.kind === "pinyin");
    for (const line of lines) {
      const own = line.map((_, n) => n).filter(n => stands(line, n));
      const sum = some => some.reduce((total, run) => total + run.letters, 0);
      const main = 3 * sum(line.filter(run => run.kind === "zh")) >= sum(line) ? "zh" : "other";
      line.forEach((run, n) => out.push({ ...run, kind: own.length ? line[own.findLast(k => k <= n) ?? own[0]].kind : main }));
    }
    out.sort((a, b) => a.start - b.start);
    if (out.every(run => run.kind === "pinyin")) out = out.map(run => ({ ...run, kind: "other" }));
    out.forEach((run, n) => {
      if (run.kind === "other" && run.letters <= LEAST_HAN && out.length > 1) out[n] = { ...run, kind: out[n ? n - 1 : 1].kind };
    });
    return joined(out);
  };
  const cutOf = (chars, one, two) => {
    const between = part(chars, one.end, two.start);
    const after = index => one.end + size(between.slice(0, index));
    if (two.kind === "pinyin") return after(/\s*[(（]?\s*$/.exec(between).index);
    if (one.kind === "pinyin") {
      const before = chars.slice(0, one.start).join("").replace(/[ \t]+$/, "");
      const closed = (/[(（]$/.test(before) ? /^\s*[)）]\s*/ : /^\s*$/).exec(between);
      if (closed || (before && !before.endsWith("\n"))) return after(closed?.[0].length ?? 0);
    }
    const begin = /^[^]*[。，、；：？！）》〉」』】”’]/.exec(between)?.[0].length ?? 0; // what closes a sentence belongs to it, and its line
    const line = between.indexOf("\n", begin), opening = between.slice(begin).search(/[（(《〈“‘「『【[]/);
    if (line >= 0) return after(line + 1);
    return after(opening >= 0 ? begin + opening : between.replace(/[0-9]+$/, "").length);
  };
  const stretchesOf = chars => {
    const runs = settled(withPinyin(runsOf(chars), chars), chars);
    if (!runs.length) return [{ kind: "other", start: 0, end: chars.length }];
    const ends = [...runs.slice(1).map((run, n) => cutOf(chars, runs[n], run)), chars.length];
    return runs.map(({ kind }, n) => ({ kind, start: n ? ends[n - 1] : 0, end: ends[n] })).filter(one => one.start < one.end);
  };

  const asides = (text, cited) => {
    const out = [];
    for (const one of cited) {
      const line = S.fits(/[(（][^()（）\n]*[)）](?=\n|$)/uy, text, one.end);
      if (line && text[one.end - 1] === "\n") out.push({ kind: "aside", start: one.end, end: one.end + line[0].length });
    }
    const taken = [...cited, ...out];
    for (const match of text.matchAll(/https?:\/\/\S+/gu)) {
      const end = match.index + match[0].length;
      if (taken.every(one => end <= one.start || one.end <= match.index)) out.push({ kind: "aside", start: match.index, end });
    }
    return out;
  };

  /* The stretches of a passage in its order, and its citations. */
  const divided = (text, cited) => {
    const character = S.charactersAt(text), chars = [...text];
    const own = one => ({ ...one, start: character.get(one.start), end: character.get(one.end) });
    const cuts = [...cited.map(one => ({ kind: "citation", start: one.start, end: one.end })), ...asides(text, cited)].map(own).sort((a, b) => a.start - b.start);
    const bare = [...chars];
    for (const { start, end } of cuts) bare.fill("\n", start, end);
    const found = [...cuts];
    for (const { kind, start, end } of stretchesOf(bare)) {
      let from = start;
      for (const cut of cuts) {
        if (cut.end <= from || cut.start >= end) continue;
        if (from < cut.start) found.push({ kind, start: from, end: cut.start });
        from = cut.end;
      }
      if (from < end) found.push({ kind, start: from, end });
    }
    return { chars, stretches: found.sort((a, b) => a.start - b.start), cited: cited.map(own) };
  };

  /* A passage, cleaned, by languages, the one with more to compare first: {texts: [{chinese,
     text, place}], cited, aside, only}; `rows` are the laws of the site by id and titles,
     `only` divides it anew with those citations alone that pass a test. */
  S.dividedPassage = (text, rows) => by(text, S.citationsIn(text, rows));
  const by = (text, all) => {
    const { chars, stretches, cited } = divided(text, all);
    const only = test => by(text, all.filter((_, n) => test(cited[n])));
    const said = ["zh", "other"].map(kind => {
      let out = "", length = 0;
      const seams = [];
      for (const { start, end } of stretches.filter(one => one.kind === kind)) {
        const mine = part(chars, start, end);
        if (out && kind === "other" && !/\s$/.test(out) && !/^\s/.test(mine)) {
          out += "\n";
          length++;
        }
        seams.push([length, start]);
        out += mine;
        length += end - start;
      }
      const place = n => {
        const [mine, theirs] = seams.findLast(seam => seam[0] <= n);
        return theirs + n - mine;
      };
      return { kind, chinese: kind === "zh", text: out, size: compared(out), place };
    });
    if (said.every(one => one.size < LEAST)) {
      const plain = [...text].flatMap(c => [...S.foldCharacter(c)]);
      const chinese = plain.filter(S.hasHan).length * 3 >= plain.length;
      return { chars, texts: [{ chinese, text, place: n => n }], cited: [], aside: "", only };
    }
    const texts = said.filter(one => one.size >= LEAST), shown = new Set(["citation", ...texts.map(one => one.kind)]);
    let aside = "", last = "";
    for (const { kind, start, end } of stretches) {
      const mine = part(chars, start, end).trim();
      if (shown.has(kind) || !mine) continue;
      aside += (kind === "pinyin" && last === kind ? " " : "\n") + mine;
      last = kind;
    }
    if (said[0].size * 3 < said[1].size) texts.reverse();
    return { chars, texts, cited, aside: aside.trim(), only };
  };
})();
