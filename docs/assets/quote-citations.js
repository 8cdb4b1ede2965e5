/* The quote checker, citations that a passage holds.  Offsets are those of strings. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const LEAST_TITLE = 4;
  S.VERSION = /[（(][^（）()]*[）)]$/;
  const DIGITS = "([0-9]{1,5})";
  const EN = `(?:art(?:icle)?\\.?|§)\\s*${DIGITS}(?:-${DIGITS})?`
    + `(?:,?\\s*para(?:graph|\\.)?\\s*\\(?${DIGITS}\\)?|\\s?\\(${DIGITS}\\))?`
    + `(?:,?\\s*(?:sub-?paragraph|point)\\s*\\(?${DIGITS}\\)?|\\s?\\(${DIGITS}\\))?`
    + `(?:,?\\s*(?:sub-?item|item|indent)\\s*\\(?${DIGITS}\\)?|\\s?\\(${DIGITS}\\))?`;
  const OPENS = "[\\s\"“”'‘’「『《〈]*", CLOSES = "[\\s\"“”'‘’」』》〉,，]*";
  const PLACE = new RegExp(CLOSES + EN, "iy");
  const [PLACE_ZH, PLACE_TW] = [S.PLACE_ZH, S.PLACE_TW].map(place => new RegExp(CLOSES + place, "y"));
  const CLOSED = /["”'’」』》〉]*/y;
  const OTHER = /["”'’」』》〉]*((?:, [^\n()（）:：.。;；,\[\]【】0-9]{0,30}[0-9]{1,5}(?:-[0-9]{1,3})?[^\s()（）:：.。;；,\[\]【】0-9]{0,12}){1,4})/uy;
  const ZH_TITLE = new RegExp(`《([^《》\\n]{2,60})》${S.PLACE_ZH}`, "gu");
  const OF = new RegExp(`${EN}\\s+of\\s+(?:the\\s+)?${OPENS}$`, "i");
  const LEAD = /\s*(?:规定|明确|指出|(?:provides?|states?|reads?|stipulates?)(?:\s+that)?)?[,，]?\s*[:：]/iy;
  const BEFORE = new RegExp(`(?:[\\n(（\\[【;；]|—+)${OPENS}$`);
  const AFTER_SENTENCE = new RegExp(`[.。!！?？;；]${OPENS}$`);
  const END = /\s*[.。]?["”]?\s*(?:[)）\]】]+[.。]?|[;；]|\n(?!\s*(?:[的所之和或及、]|规定))|$)/y;
  const NUMBERED = new RegExp(`${S.PLACE_ZH}|[0-9]`);
  /* Whether a passage may hold a citation, so that titles are needed. */
  S.mayCite = text => NUMBERED.test(text);
  const eidOf = ([article, inserted, ...some]) => {
    const below = some.length > 3 ? [0, 2, 4].map(n => some[n] || some[n + 1]) : some;
    const out = [];
    for (const [n, said] of [article, ...below].entries()) {
      if (said === undefined) continue;
      const number = S.integer(said);
      if (!number) return "";
      out.push(`${["art", "para", "point", "indent"][n]}_${number}`);
      if (n || !inserted) continue;
      const more = S.integer(inserted);
      if (!more) return "";
      out[0] += `-${more}`;
    }
    return out.join("__");
  };

  /* The identifier of what is cited without its paragraph: 第七条第（三）项 is of the first. */
  S.inFirstParagraph = eid => eid.replace(/^(art_[\d-]+)__point_/, "$1__para_1__point_");

  /* What a citation is of in a law, by the names that the law has for the levels. */
  S.citedIn = (one, law) => {
    if (!one.taiwan || one.taiwan === one.eid) return one.eid;
    for (const provision of law.provisions()) {
      const way = S.asTaiwan(provision.units);
      if (way !== null) return way ? one.taiwan : one.eid;
    }
    return one.eid || one.taiwan;
  };

  /* Whether a citation is of a provision, of one within it or of one around it. */
  S.cites = (eid, other) =>
    [eid, S.inFirstParagraph(eid)].some(one => one === other || one.startsWith(`${other}__`) || other.startsWith(`${one}__`));

  /* Ids by title, the longest first; `rows` are laws by id and titles. */
  const byTitle = rows => {
    const found = new Map();
    for (const [id, titles] of rows)
      for (const title of titles)
        for (const name of [title, title.replace(S.VERSION, "")]) {
          const plain = S.folded(name).joined;
          if (!found.has(plain)) found.set(plain, new Set());
          found.get(plain).add(id);
        }
    const lengths = new Map([...found.keys()].map(name => [name, [...name].length]));
    return new Map([...found].filter(([name]) => lengths.get(name) >= LEAST_TITLE)
      .sort(([a], [b]) => lengths.get(b) - lengths.get(a) || (a < b ? -1 : 1)).map(([name, ids]) => [name, [...ids]]));
  };
  const known = new WeakMap();
  const titlesOf = rows => known.get(rows) ?? known.set(rows, byTitle(rows)).get(rows);

  const bounded = (text, start, end) => {
    const before = start > 20 ? text.slice(start - 20, start) : `\n${text.slice(0, start)}`;
    const lead = S.fits(LEAD, text, end);
    const opened = BEFORE.exec(before) ?? (lead && AFTER_SENTENCE.exec(before));
    const closed = lead ?? S.fits(END, text, end);
    if (!opened || !closed) return null;
    return { start: start - opened[0].length + !"(（[【—".includes(opened[0][0]), end: closed.index + closed[0].length };
  };
  const around = (text, start, end, laws) => {
    const of = OF.exec(text.slice(Math.max(0, start - 100), start));
    if (of) {
      const span = bounded(text, start - of[0].length, end + S.fits(CLOSED, text, end)[0].length);
      return span && { ...span, laws, eid: eidOf(of.slice(1)), said: "" };
    }
    for (const patterns of [[PLACE_ZH, PLACE_TW], [PLACE]]) {
      const matches = patterns.map(pattern => S.fits(pattern, text, end)).filter(Boolean);
      const size = Math.max(...matches.map(match => match[0].length));
      const [eid, taiwan] = matches.map(match => match[0].length === size ? eidOf(match.slice(1)) : "");
      const span = eid || taiwan ? bounded(text, start, end + size) : null;
      if (span) return { ...span, laws, eid, taiwan: taiwan ?? "", said: "" };
    }
    const match = S.fits(OTHER, text, end), span = match && bounded(text, start, end + match[0].length);
    return span && { ...span, laws, eid: "", said: S.folded(match[1]).joined };
  };
  S.citationsIn = (text, rows) => {
    const titles = titlesOf(rows), folded = S.folded(text), found = [];
    const starts = S.charactersAt(folded.joined); // of characters that are no halves
    const add = one => {
      if (one && found.every(other => one.end <= other.start || other.end <= one.start)) found.push(one);
    };
    for (const [title, laws] of titles)
      for (let n = folded.joined.indexOf(title); n >= 0; n = folded.joined.indexOf(title, n + title.length)) {
        const low = starts.get(n), high = starts.get(n + title.length);
        add(around(text, folded.from[low], folded.to[high - 1], laws));
      }
    for (const match of text.matchAll(ZH_TITLE)) {
      if (titles.has(S.folded(match[1]).joined)) continue;
      const eid = eidOf(match.slice(2)), span = eid ? bounded(text, match.index, match.index + match[0].length) : null;
      if (span) add({ ...span, laws: [], eid, said: "" });
    }
    return found.sort((a, b) => a.start - b.start);
  };
})();
