/* Search, the texts: what counts as the same character or word, and where a query matches a text. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};

  const variants = new Map(); // Traditional → Simplified
  const usual = new Map(); // character → syllable
  const syllables = new Set();
  const stems = new Map(); // word → stem, of the page's pair
  const roots = new Map(); // stem → its words
  const folds = new Map();

  S.setUp = head => {
    const all = [...head.variants];
    for (let i = 0; i < all.length; i += 2) variants.set(all[i], all[i + 1]);
    for (const row of head.readings) {
      const syllable = /^[a-z]+/.exec(row)[0];
      syllables.add(syllable);
      for (const c of row.slice(syllable.length)) usual.set(c, syllable);
    }
  };

  /* A table of words with stems: `policies-2`, `happy-1i`, `law`. */
  S.addWords = table => {
    for (const row of table ? table.split(" ") : []) {
      const [word, change] = row.split("-");
      const drop = /^\d+/.exec(change ?? "0")[0];
      const stem = word.slice(0, word.length - drop) + (change ?? "0").slice(drop.length);
      stems.set(word, stem);
      if (!roots.has(stem)) roots.set(stem, []);
      roots.get(stem).push(word);
    }
  };

  const foldOne = c => {
    let out = folds.get(c);
    if (out === undefined) {
      out = "";
      for (const small of c.normalize("NFKC").toLowerCase())
        if (/[\p{L}\p{N}\p{M}]/u.test(small)) out += variants.get(small) ?? small;
      folds.set(c, out);
    }
    return out;
  };

  S.foldCharacter = foldOne;

  /* A text as it is compared; its character i stands at from[i] to to[i] of the text.
     In a translation, Tibetan syllables stay apart: what is between two is one tsheg. */
  const tibetan = c => c >= "\u0f00" && c <= "\u0fff";
  S.folded = (text, translation = false) => {
    const plain = [], from = [], to = [];
    let at = 0, apart = false;
    const put = (small, start, end) => {
      plain.push(small);
      from.push(start);
      to.push(end);
    };
    for (const c of text) {
      const folded = foldOne(c);
      if (folded) {
        if (translation && apart && plain.length && tibetan(plain.at(-1)) && tibetan(folded[0])) put("\u0f0b", to.at(-1), at);
        for (const small of folded) put(small, at, at + c.length);
        apart = false;
      } else if (!/\p{Cf}/u.test(c)) apart = true;
      at += c.length;
    }
    return { plain, joined: plain.join(""), from, to };
  };

  S.wordsOf = text => {
    const out = [];
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu))
      out.push({ word: match[0].normalize("NFKC").toLowerCase(), from: match.index, to: match.index + match[0].length });
    return out;
  };

  /* The stem a typed word has: of the words that occur, or a known stem with an ending. */
  const ENDING = /^(e|s|es|ed|er|ers|ing|ings|ly|y|ies|ied|ment|ments|ion|ions|al|d|’?s)$/;
  S.stemOf = word => {
    if (stems.has(word)) return stems.get(word);
    for (let cut = word.length - 1; cut >= Math.max(3, word.length - 5); cut--)
      if (roots.has(word.slice(0, cut)) && ENDING.test(word.slice(cut))) return word.slice(0, cut);
    if (/(ies|ied)$/.test(word) && roots.has(word.slice(0, -2))) return word.slice(0, -2);
    return null;
  };
  S.isWord = word => stems.has(word);

  /* The words that a part of a query means: of the same stem, or beginning with it. */
  S.forms = ({ word, exact, prefix }) => {
    if (exact && !prefix) return stems.has(word) ? [word] : [];
    const stem = S.stemOf(word);
    const same = stem === null ? [] : roots.get(stem) ?? [];
    if (!prefix && stem !== null) return same;
    return [...new Set([...same, ...[...stems.keys()].filter(w => w.startsWith(word))])];
  };

  /* --- pinyin --- */

  S.plainPinyin = text => {
    const plain = text.normalize("NFD").toLowerCase().replace(/u\u0308/g, "v").replace(/[\p{M}'’·-]/gu, "");
    return plain.replace(/([a-z])[1-5](?=[a-z]|$)/g, "$1").replace(/([nl])ue/g, "$1ve");
  };

  /* The ways to read letters as syllables that occur; at most `limit`. */
  S.segmented = (letters, limit = 6) => {
    const out = [], dead = new Set();
    const go = (at, found) => {
      if (out.length >= limit || dead.has(at)) return false;
      if (at === letters.length) return out.push(found) > 0;
      let some = false;
      for (let size = Math.min(6, letters.length - at); size > 0; size--) {
        const syllable = letters.slice(at, at + size);
        if (syllables.has(syllable) && go(at + size, [...found, syllable])) some = true;
      }
      if (!some) dead.add(at);
      return some;
    };
    if (letters && letters.length <= 120) go(0, []);
    return out;
  };

  const initials = new Map();
  S.isInitials = letters => {
    if (!initials.size) for (const s of syllables) initials.set(s[0], true);
    return /^[a-z]{2,12}$/.test(letters) && [...letters].every(c => initials.has(c));
  };

  /* --- a unit of text, ready to be looked through --- */

  /* What languages say alike is a string, else a list with one for each. */
  S.inColumn = (said, column) => Array.isArray(said) ? said[column] ?? "" : said;

  S.unit = ([eid, citeZh, citeOther, zh, others, marks, corrections, exceptions], column, provision) => {
    const made = {
      eid: eid || provision.eid, citeZh: citeZh || provision.citeZh, citeOther: citeZh ? S.inColumn(citeOther, column) : provision.citeOther,
      zh, other: (others || [])[column] ?? "", marks: marks || [], corrections: corrections || [],
    };
    let folded, run, words, spoken;
    made.folded = () => folded ??= S.folded(zh);
    made.run = () => run ??= S.folded(made.other, true);
    made.words = () => words ??= S.wordsOf(made.other);
    made.spoken = () => {
      if (!spoken) {
        spoken = made.folded().plain.map(c => usual.get(c) ?? "");
        for (let i = 0; i < (exceptions || []).length; i += 2) spoken[exceptions[i]] = exceptions[i + 1];
      }
      return spoken;
    };
    return made;
  };

  const run = (list, wanted, same) => {
    const starts = [];
    for (let i = 0; i + wanted.length <= list.length; i++) {
      let k = 0;
      while (k < wanted.length && same(list[i + k], wanted[k])) k++;
      if (k === wanted.length) starts.push(i);
    }
    return starts;
  };

  /* Where one alternative stands in a unit: [side, from, to] in the text as shown. */
  S.places = (unit, alternative) => {
    const out = [];
    const sought = alternative.zh ?? alternative.run;
    if (sought !== undefined) {
      const side = sideOf(alternative);
      const { joined, plain, from, to } = side === "zh" ? unit.folded() : unit.run();
      const size = [...sought].length;
      if (joined.length === plain.length) {
        for (let i = joined.indexOf(sought); i >= 0; i = joined.indexOf(sought, i + 1)) out.push([side, from[i], to[i + size - 1]]);
      } else {
        for (const i of run(plain, [...sought], (a, b) => a === b)) out.push([side, from[i], to[i + size - 1]]);
      }
    } else if (alternative.words) {
      const words = unit.words();
      for (const i of run(words, alternative.sets, (token, set) => set.has(token.word)))
        out.push(["other", words[i].from, words[i + alternative.words.length - 1].to]);
    } else if (alternative.syllables || alternative.initials) {
      const { from, to } = unit.folded();
      const wanted = alternative.syllables ?? [...alternative.initials];
      const same = alternative.syllables ? (a, b) => a === b : (a, b) => a[0] === b;
      for (const i of run(unit.spoken(), wanted, same)) out.push(["zh", from[i], to[i + wanted.length - 1]]);
    }
    return out;
  };

  const sideOf = alternative => alternative.words || alternative.run !== undefined ? "other" : "zh";
  S.serves = (alternative, side) => !side || alternative.all || sideOf(alternative) === side;

  /* Where a clause stands in the units of a provision: null, or spans by unit. */
  const clauseIn = (units, clause, side) => {
    let found = null;
    const add = (n, spans, pinyin) => {
      found ??= { at: new Map(), pinyin: true };
      found.pinyin &&= pinyin;
      found.at.set(n, [...(found.at.get(n) ?? []), ...spans]);
    };
    for (const alternative of clause.alternatives) {
      if (!S.serves(alternative, side)) continue;
      if (alternative.all) {
        const parts = alternative.all.map(part => clauseIn(units, part, side));
        if (parts.every(Boolean))
          for (const part of parts) for (const [n, spans] of part.at) add(n, spans, part.pinyin);
        continue;
      }
      const pinyin = !!(alternative.syllables || alternative.initials);
      units.forEach((unit, n) => {
        const spans = S.places(unit, alternative);
        if (spans.length) add(n, spans, pinyin);
      });
    }
    return found;
  };

  /* A provision against all clauses: null, or {units: by number its spans, score, pinyin}. */
  S.match = (provision, query, side) => {
    const found = [];
    for (const clause of query.clauses) {
      const one = clauseIn(provision.units, clause, side);
      if (!one) return null;
      found.push(one);
    }
    const units = new Map();
    for (const one of found)
      for (const [n, spans] of one.at) units.set(n, [...(units.get(n) ?? []), ...spans]);
    const together = provision.units.some((_, n) => found.every(one => one.at.has(n)));
    const adjacent = query.joined && provision.units.some(unit => unit.folded().joined.includes(query.joined));
    const pinyin = found.some(one => one.pinyin);
    return { units, score: adjacent ? 0 : together ? 1 : 2, pinyin };
  };

  /* Spans sorted and without overlap. */
  S.merged = spans => {
    const out = [];
    for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1]))
      if (out.length && from <= out.at(-1)[1]) out.at(-1)[1] = Math.max(to, out.at(-1)[1]);
      else out.push([from, to]);
    return out;
  };

  S.variantsOf = (text, groups) => {
    const out = [];
    [...text].forEach((c, at, all) => {
      for (const group of groups)
        if (group.includes(c))
          for (const other of group) if (other !== c) out.push([...all.slice(0, at), other, ...all.slice(at + 1)].join(""));
    });
    return [...new Set(out)];
  };
})();
