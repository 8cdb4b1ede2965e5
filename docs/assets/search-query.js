/* Search, the query: from what is typed to clauses, each of which some alternative must answer. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const HAN = /\p{Script=Han}/u;

  S.LONGEST = 1000; // characters of a query
  S.MOST = 24; // words of a query
  const BEGUN = 16; // words that the last one of a phrase may begin

  /* A soft hyphen and its like, copied along, part no word; a joiner stands where a word of the texts ends. */
  S.cleaned = typed =>
    typed.slice(0, 20000).replace(/(?![\u200c\u200d])\p{Cf}/gu, "").replace(/\p{Cs}|\p{Cf}|\p{Cc}/gu, " ").normalize("NFKC").replace(/\s+/g, " ").trim();

  /* A title as one cites it: within 《》 a title has 〈〉, and one within that 《》. */
  S.enclosed = title =>
    `《${title.includes("《") ? title.replace(/[《》〈〉]/g, mark => "〈〉《》"["《》〈〉".indexOf(mark)]) : title}》`;

  /* A query as it is shown in quotation marks: without its own around it, within it single ones. */
  S.unmarked = text => text.replace(/^["“”]([^"“”]+)["“”]?$/, "$1").replace(/["“”]([^"“”]*)["“”]/g, "‘$1’");

  // A quotation mark inside Chinese is part of what is looked for, and ignored as all punctuation.
  const PHRASE_OR_WORD = /(?<=^|\s)["“”]([^"“”]+)["“”](?=\s|$)|(?<=^|\s)["“]([^"“”\p{Script=Han}]+)$|(\S+)/gu;
  /* Words of another script beside Chinese, without a space between, are parts of their own: 社区governance.
     A letter or two are a mark in Chinese: A级, 5G网络. */
  const BESIDE = /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}'’.\u0f0b-])+/gu;
  const parted = word => {
    const out = [];
    let at = 0;
    for (const { 0: run, index } of HAN.test(word) ? word.matchAll(BESIDE) : []) {
      if (!/[\p{L}\p{M}]{3}/u.test(run)) continue;
      out.push(word.slice(at, index), run);
      at = index + run.length;
    }
    return [...out, word.slice(at)];
  };
  const items = text => {
    const out = [];
    for (const match of text.matchAll(PHRASE_OR_WORD)) {
      const quoted = match[1] ?? match[2];
      for (const words of quoted === undefined ? parted(match[3]) : [quoted]) {
        const item = { text: words, quoted: quoted !== undefined, open: match[2] !== undefined, zh: S.folded(words).joined, tokens: S.wordsOf(words).map(t => t.word) };
        if (item.zh || item.tokens.length) out.push({ ...item, han: HAN.test(words) });
      }
    }
    return [...new Map(out.map(item => [`${item.quoted}${item.text}`, item])).values()];
  };
  const phrase = (tokens, exact, prefix = false) =>
    ({ words: tokens.map((word, n) => ({ word, exact, prefix: prefix && n === tokens.length - 1 })) });

  const spoken = letters => {
    const full = S.segmented(letters);
    if (full.length) return full.map(syllables => ({ syllables }));
    return S.isInitials(letters) ? [{ initials: letters }] : [];
  };
  const pinyinOf = item => {
    const letters = S.plainPinyin(item.text);
    return /^[a-z]+$/.test(letters) ? letters : "";
  };

  /* `item` as a clause; a word of the translations is not read as pinyin. */
  const clauseOf = (item, typing, last) => {
    const alternatives = [];
    if (item.zh) alternatives.push({ zh: item.zh });
    if (S.unspaced && item.zh) alternatives.push({ run: S.folded(item.text, true).joined });
    if (!item.han && item.tokens.length) {
      if (!S.unspaced) alternatives.push(phrase(item.tokens, item.quoted, typing && last && (!item.quoted || item.open)));
      if (!item.quoted && !item.tokens.every(S.isWord)) alternatives.push(...spoken(pinyinOf(item)));
    }
    return { alternatives };
  };

  /* Other renderings in the glossary that stand in the query, the longest first. */
  const wider = (list, terms) => {
    const found = [];
    const flat = list.flatMap((item, n) => (item.han ? [] : item.tokens.map(token => ({ token, n }))));
    const taken = new Set();
    const all = terms.flatMap(term => term[6].map(name => ({ term, name, tokens: S.wordsOf(name).map(t => t.word) })));
    const same = (a, b) => a === b || (S.stemOf(a) !== null && S.stemOf(a) === S.stemOf(b));
    for (const one of all.sort((a, b) => b.tokens.length - a.tokens.length))
      for (let i = 0; i + one.tokens.length <= flat.length; i++) {
        const span = flat.slice(i, i + one.tokens.length);
        if (!span.every(({ token }, k) => same(token, one.tokens[k]))) continue;
        const from = span[0].n, to = span.at(-1).n;
        const whole = list.slice(from, to + 1).flatMap(item => item.tokens).length === span.length;
        const known = found.find(f => f.from === from && f.to === to);
        if (!whole || (!known && span.some(({ n }) => taken.has(n)))) continue;
        for (let n = from; n <= to; n++) taken.add(n);
        if (known) known.terms.push(one.term);
        else found.push({ from, to, name: one.name, terms: [one.term] });
      }
    return found;
  };

  /* The words whose forms must be known before a query can be read: their first letters. */
  S.wordsNeeded = (text, terms) => {
    const list = items(text).slice(0, S.MOST);
    const own = list.flatMap(item => item.tokens);
    const more = wider(list, terms).flatMap(f => f.terms.flatMap(t => [t[1], ...t[5]].flatMap(name => S.wordsOf(name).map(w => w.word))));
    return [...new Set([...own, ...more].map(word => [...word][0]))];
  };

  S.parse = (text, terms, typing) => {
    const list = items(text);
    if (list.length > S.MOST) return { clauses: [], tooMany: true };
    const clauses = [];
    const notes = wider(list, terms);
    for (let n = 0; n < list.length; n++) {
      const one = notes.find(note => note.from === n);
      if (!one) {
        clauses.push(clauseOf(list[n], typing, n === list.length - 1));
        continue;
      }
      const own = list.slice(one.from, one.to + 1).map((item, k) => clauseOf(item, typing, one.from + k === list.length - 1));
      const names = one.terms.flatMap(term => [term[1], ...term[5]]);
      clauses.push({ alternatives: [
        { all: own },
        ...names.map(name => phrase(S.wordsOf(name).map(t => t.word), false)),
        ...one.terms.map(term => ({ zh: S.folded(term[0]).joined })),
      ] });
      n = one.to;
    }
    // All words together as pinyin: yingshang huanjing is yingshanghuanjing.
    if (list.length > 1 && list.every(item => !item.han && !item.quoted && pinyinOf(item)) && !list.every(item => item.tokens.every(S.isWord))) {
      const ways = list.map(item => spoken(pinyinOf(item)));
      if (ways.every(way => way.length && way[0].syllables)) {
        const joined = S.segmented(list.map(pinyinOf).join("")).filter(way => breaksAt(way, list.map(i => pinyinOf(i).length)));
        const inner = clauses.splice(0).map(clause => ({ alternatives: clause.alternatives.filter(a => !a.syllables && !a.initials) }));
        clauses.push({ alternatives: [...joined.map(syllables => ({ syllables })), { all: inner }] });
      }
    }
    const han = list.filter(item => item.han);
    const query = { text, clauses, notes, joined: han.length > 1 ? han.map(item => item.zh).join("") : "", size: list.length };
    const prepare = clause => {
      for (const alternative of clause.alternatives) {
        alternative.all?.forEach(prepare);
        if (alternative.words) alternative.sets = alternative.words.map(w => setOf(w, alternative.words.length));
      }
      // Forms of one word that are the same need not be looked for twice.
      clause.alternatives = clause.alternatives.filter(a => !a.sets || a.sets.every(s => s.size));
    };
    query.clauses.forEach(prepare);
    return query;
  };
  /* A word that is begun at the end of a phrase counts as begun once few words begin so. */
  const setOf = (word, size) => {
    const forms = S.forms(word);
    return new Set(word.prefix && size > 1 && forms.length > BEGUN ? S.forms({ ...word, prefix: false }) : forms);
  };
  const breaksAt = (way, sizes) => {
    const ends = new Set();
    let at = 0;
    for (const s of way) ends.add(at += s.length);
    at = 0;
    return sizes.every(size => ends.has(at += size));
  };

  /* --- citations --- */

  const DIGITS = new Map([..."零一二三四五六七八九"].map((c, n) => [c, n]));
  for (const [c, n] of [["〇", 0], ["○", 0], ["两", 2], ["兩", 2]]) DIGITS.set(c, n);
  const UNITS = new Map([["十", 10], ["百", 100], ["千", 1000]]), LONGEST = 8; // digits of a numeral
  const section = text => {
    let total = 0, digit = null, last = 10000;
    for (const c of text)
      if (DIGITS.has(c)) {
        if (digit) return null;
        digit = DIGITS.get(c);
      } else if (UNITS.has(c)) {
        if (UNITS.get(c) >= last) return null;
        last = UNITS.get(c);
        total += (digit || 1) * last;
        digit = null;
      } else return null;
    return total + (digit ?? 0);
  };
  /* The value of a Chinese or Arabic numeral, null where it is none: does what numerals.py does. */
  S.integer = text => {
    const short = text.length <= LONGEST;
    if (/^[0-9０-９]+$/.test(text)) return short ? Number(text.normalize("NFKC")) : null;
    if ([...text].every(c => DIGITS.has(c))) return short ? [...text].reduce((sum, c) => sum * 10 + DIGITS.get(c), 0) : null;
    const cut = text.lastIndexOf("万");
    const high = cut > 0 ? section(text.slice(0, cut)) : 0, low = cut + 1 < text.length ? section(text.slice(cut + 1)) : 0;
    return high === null || low === null || cut === 0 ? null : high * 10000 + low;
  };
  const NUM = "[（(]?([〇○零一二三四五六七八九十百千万两兩0-9０-９]{1,9})[）)]?";
  /* 第六条之一第二款第（三）项第四目: numerals of article, of what is put in behind it, and of
     paragraph, point and indent, as groups. */
  S.PLACE_ZH = `第?${NUM}[条條](?:之${NUM})?(?:第?${NUM}款)?(?:第?${NUM}[项項])?(?:第?${NUM}目)?`;
  /* 第六條第二項第三款: as Taiwan names the levels, 項 is a paragraph there and 款 a point. */
  S.PLACE_TW = `第?${NUM}[条條](?:之${NUM})?(?:第?${NUM}[项項])?(?:第?${NUM}款)?(?:第?${NUM}目)?`;
  const ZH = new RegExp(S.PLACE_ZH, "u"), TW = new RegExp(S.PLACE_TW, "u");
  /* Whether a law names its levels so, by how it cites some of its units; null where these do not tell. */
  S.asTaiwan = units => {
    for (const { eid, citeZh } of units) {
      const level = /__(para|point)_[^_]+$/.exec(eid)?.[1];
      if (level && /[款项項]$/u.test(citeZh)) return (level === "point") === citeZh.endsWith("款");
    }
    return null;
  };
  const EN = /(?:^|[\s,])(?:art(?:icles?)?\b\.?|§§?|sec(?:tion)?\b\.?)\s*(\d{1,5})(?:-(\d{1,3}))?(?:[\s,]*(?:para(?:graph)?s?\b\.?)?\s*\(?(\d{1,3})\)?(?!\d))?(?:[\s,]*(?:(?:sub-?para(?:graph)?|point|item)\b\.?)?\s*\(?(\d{1,3})\)?)?(?:[\s,]*(?:item\b\.?)?\s*\(?(\d{1,3})\)?)?/iu;
  /* The smaller unit first: item (3) of paragraph 2 of Article 13. */
  const TURNED = /(?:(?:sub-?para(?:graph)?|point|item)\b\.?\s*\(?(\d{1,3})\)?,?\s+(?:of\s+)?)?(?:para(?:graph)?\b\.?\s*\(?(\d{1,3})\)?,?\s+(?:of\s+)?)?(art(?:icle)?\b\.?\s*\d{1,5}(?:-\d{1,3})?)/iu;
  const inOrder = text => text.replace(TURNED, (whole, point, paragraph, article) =>
    article + (paragraph ? ` paragraph ${paragraph}` : "") + (point ? ` item ${point}` : ""));
  /* What an article stands in, named before it: 第二章第八条, Chapter 2, Article 8. */
  const WITHIN = new RegExp(`第 ?${NUM} ?(?:分?[编編]|[章节節])|\\b(?:part|chapter)\\s+\\d{1,3}\\b`, "giu");
  const LEVELS = new RegExp(`([条條款项項]) (?=第?${NUM}[款项項目])`, "gu"); // 第六条 第二款
  const BARE = /^()()(\d{1,5})\s*\((\d{1,3})\)(?:\s*\((\d{1,3})\))?$/;
  const EID = /(?:^|\s)#?(art_\d+(?:-\d+)?(?:__[a-z]+_\d+)*)(?=\s|$)/;

  /* A citation in the query: identifiers it may mean, best first, those it means (`taiwan`) in a law that
     names its levels as Taiwan does, null where that is all the same, and the words that name the law. */
  S.citation = text => {
    if (text.length > 200) return null;
    let match = EID.exec(text), parts = null, taiwan = null;
    if (match) return { eids: [match[1]], taiwan, law: text.replace(match[0], " ").trim() };
    text = inOrder(text).replace(/(?:第 ?)?(\d{1,5}) ?[-‐–] ?(\d{1,3}) ?([条條])/gu, "第$1$3之$2") // 第37-1條, as Taiwan prints it
      .replace(LEVELS, "$1");
    const close = /^[\s第〇零一二三四五六七八九十百千0-9条條款项項目之()]+$/u.test(text) ? text.replace(/\s/g, "") : text;
    const [zh, tw] = [ZH, TW].map(pattern => pattern.exec(close));
    let law = "", said = true; // whether it is said what a number counts
    if (zh) {
      match = tw[0].length > zh[0].length ? tw : zh;
      parts = numbersOf(match);
      if (!parts) return null;
      law = text.includes(match[0]) ? text.replace(match[0], " ") : "";
      if (tw[0] === match[0] && (tw[3] || tw[4])) taiwan = eidsOf(numbersOf(tw), said);
      if (zh[0] !== match[0]) return { eids: [], taiwan, law: named(law) };
    } else if ((match = EN.exec(text)) || (match = BARE.exec(text))) {
      said = false;
      const groups = match[1] === "" ? [match[3], undefined, match[4], match[5], undefined] : match.slice(1);
      parts = groups.map(n => n === undefined ? null : Number(n));
      law = text.replace(match[0], " ");
    }
    if (!parts) return division(text);
    return { eids: eidsOf(parts, said), taiwan, law: named(law.replace(WITHIN, " ")) };
  };
  /* A part, chapter or section of a law that is named; without the name the words are looked for. */
  const DIVISION = [new RegExp(`^(.+?)${["编編", "章", "节節"].map(level => `(?:第\\s*${NUM}\\s*[${level}]\\s*)?`).join("")}$`, "u"),
    /^(.+?)[,\s]+(?:part\s+(\d{1,3})[,\s]*)?(?:chapter\s+(\d{1,3}))?$/iu];
  const division = text => {
    for (const pattern of DIVISION) {
      const match = pattern.exec(text), numbers = match && numbersOf(match.slice(1)), law = named(match?.[1] ?? "");
      if (law && numbers?.some(Boolean))
        return { eids: [numbers.map((n, at) => n && `${["part", "chp", "sec"][at]}_${n}`).filter(Boolean).join("__")], taiwan: null, law };
    }
    return null;
  };
  const named = words => words.replace(/[《》,.]|\bof\b|\bthe\b|的\s*$/giu, " ").trim();
  const numbersOf = ([, ...groups]) => {
    const out = groups.map(n => n === undefined ? null : S.integer(n));
    return groups.some((n, at) => n !== undefined && !out[at]) ? null : out;
  };
  const eidsOf = ([article, inserted, paragraph, point, indent], said) => {
    const base = `art_${article}${inserted ? `-${inserted}` : ""}`;
    const below = (p, q, r) => [base, p && `para_${p}`, q && `point_${q}`, r && `indent_${r}`].filter(Boolean).join("__");
    const eids = [below(paragraph, point, indent)];
    if (point && !paragraph) eids.unshift(below(1, point, indent));
    if (paragraph && !indent && !said) eids.push(below(1, paragraph, point));
    if (inserted && !paragraph && !said) eids.push(`art_${article}__para_${inserted}`);
    return eids;
  };
})();
