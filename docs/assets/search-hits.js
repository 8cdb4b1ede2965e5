/* Search, the results: a provision with its citation, its texts with the matches marked; all is set as text. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const { fill, element } = S;
  const WINDOW = { zh: 130, other: 360 }; // characters of a text that are shown

  /* What the page of search shows laws with; `data` is what it says of itself, `words` its wording. */
  S.shower = (data, words) => {
    const { language, tag: otherTag, column: ofPair } = data;
    const column = Number(ofPair);
    const page = location.protocol === "file:" ? "index.html" : "";
    const locale = language === "zh" ? "zh-CN" : language;
    const numbers = new Intl.NumberFormat(locale), dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
    const number = n => numbers.format(n);
    const cite = of => language !== "zh" && of.citeOther || of.citeZh;
    const title = law => law.titles[language === "zh" ? 0 : column + 1] || law.titles[0];
    const titleTag = law => language === "zh" || !law.titles[column + 1] ? "zh-Hans-CN" : otherTag;
    const href = (law, slug, eid) => `${S.home(data, law)}${slug}${page}#${eid}`;

    /* --- a text with its marks; a long one is shown around the first --- */

    const shown = (text, strong, weak, size) => {
      const spans = [...S.merged(strong).map(s => [...s, "mark"]), ...(strong.length ? [] : S.merged(weak).map(s => [...s, "also"]))]
        .sort((a, b) => a[0] - b[0]);
      let from = 0, to = text.length;
      if (to > size) {
        from = Math.max(0, (spans[0]?.[0] ?? 0) - Math.floor(size / 3));
        while (from > 0 && /[\w’]/.test(text[from - 1])) from--;
        to = Math.min(text.length, Math.max(from + size, (spans[0]?.[1] ?? 0) + 20));
        if (/[\udc00-\udfff]/.test(text[from])) from--;
        while (to < text.length && /[\w’\udc00-\udfff]/.test(text[to])) to++;
      }
      const out = [from ? "…" : ""];
      let at = from;
      for (const [start, end, kind] of spans) {
        if (end <= from || start >= to) continue;
        out.push(text.slice(at, Math.max(start, from)));
        out.push(element("mark", { class: kind === "also" ? "also" : null }, text.slice(Math.max(start, from), Math.min(end, to))));
        at = Math.min(end, to);
      }
      out.push(text.slice(at, to), to < text.length ? "…" : "");
      return out;
    };

    /* In the other language, the renderings of the terms that the query names. */
    const echoes = (unit, terms) => {
      const zh = [], theirs = [];
      for (const term of terms) {
        for (const name of [term[1], ...term[5]]) {
          const wanted = S.unspaced ? { run: S.folded(name, true).joined } : { words: S.wordsOf(name) };
          wanted.sets = wanted.words?.map(w => new Set([w.word]));
          for (const [, from, to] of S.places(unit, wanted)) theirs.push([from, to]);
        }
        for (const [, from, to] of S.places(unit, { zh: S.folded(term[0]).joined })) zh.push([from, to]);
      }
      return { zh, theirs };
    };

    const passage = (law, provision, unit, spans, terms) => {
      const of = side => spans.filter(s => s[0] === side).map(s => s.slice(1));
      const also = echoes(unit, terms);
      const made = element("div", { class: "passage" });
      if (unit.eid !== provision.eid && (cite(unit) !== cite(provision) || unit.marks.length))
        made.append(element("div", { class: "own" }, element("a", { href: href(law, provision.slug, unit.eid) }, cite(unit)),
          ...unit.marks.map(mark => element("span", { class: "flag" }, words.marks[mark]))));
      made.append(element("p", { class: "zh", lang: "zh-Hans-CN" }, ...shown(unit.zh, of("zh"), also.zh, WINDOW.zh)));
      if (unit.other) made.append(element("p", { class: "en", lang: otherTag }, ...shown(unit.other, of("other"), also.theirs, WINDOW.other)));
      return made;
    };

    const hit = (law, provision, match, terms, flag) => {
      const path = provision.path.map(n => law.heading(n)).map(u => language !== "zh" && u.other || u.zh).join(" › ");
      const own = provision.units.find(u => u.eid === provision.eid);
      const item = element("li", {}, element("div", { class: "cite" },
        element("a", { href: href(law, provision.slug, provision.eid) }, cite(provision)),
        element("span", { class: "path" }, path),
        ...(own?.marks ?? []).map(mark => element("span", { class: "flag" }, words.marks[mark])),
        ...[flag, match?.pinyin ? words.pinyin : null].filter(Boolean).map(text => element("span", { class: "flag" }, text))));
      const entries = match ? [...match.units].sort((a, b) => a[0] - b[0]) : provision.units.slice(provision.units.length > 1 ? 1 : 0, 3).map(u => [provision.units.indexOf(u), []]);
      for (const [n, spans] of entries) item.append(passage(law, provision, provision.units[n], spans, terms));
      return item;
    };

    const state = law => {
      const out = [];
      const date = iso => dates.format(new Date(`${iso}T00:00:00Z`));
      if (law.repealed === "undated") out.push(words.undated);
      else if (law.repealed) out.push(fill(words.repealed, { date: date(law.repealed) }));
      else if (law.effective) out.push(fill(Date.parse(law.effective) > Date.now() ? words.from : words.since, { date: date(law.effective) }));
      if (law.gaps) out.push(words.incomplete);
      if (column >= 0 && !law.titles[column + 1]) out.push(words.untranslated);
      return out.join(" · ");
    };

    return { number, cite, title, titleTag, href, hit, state };
  };
})();
