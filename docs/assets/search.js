/* Search, the page: a combobox, filters, results; all text is set as text. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const $ = id => document.getElementById(id);
  const [field, list, hits, found, says, filters, bySide, byLaw] =
    ["q", "options", "hits", "found", "says", "filters", "by-side", "by-law"].map($);
  const words = JSON.parse($("search-words").textContent);
  const { root, language } = hits.dataset;
  const other = hits.dataset.pair, otherTag = hits.dataset.tag;
  const column = Number(hits.dataset.column);
  const page = location.protocol === "file:" ? "index.html" : "";
  const PAUSE = 120; // ms without a key before typing is answered
  const { fill, element } = S;
  /* The same with elements among the values: what to append. */
  const filled = (text, values) => text.split(/(\{\w+\})/).flatMap(part => values[part.slice(1, -1)] ?? part);
  const locale = language === "zh" ? "zh-CN" : language;
  const numbers = new Intl.NumberFormat(locale), dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const number = n => numbers.format(n);

  const ready = S.engine(hits.dataset);

  const cite = of => language !== "zh" && of.citeOther || of.citeZh;
  const title = law => law.titles[language === "zh" ? 0 : column + 1] || law.titles[0];
  const href = (law, slug, eid) => `${root}${law.id}/${slug}${page}#${eid}`;
  const short = text => [...text].length > 60 ? `${[...text].slice(0, 60).join("")}…` : text;

  /* --- a text with its marks; a long one is shown around the first --- */

  const WINDOW = { zh: 130, other: 360 };
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
    if (law.repealed) out.push(fill(words.repealed, { date: date(law.repealed) }));
    else if (law.effective) out.push(fill(Date.parse(law.effective) > Date.now() ? words.from : words.since, { date: date(law.effective) }));
    if (law.gaps) out.push(words.incomplete);
    if (column >= 0 && !law.titles[column + 1]) out.push(words.untranslated);
    return out.join(" · ");
  };

  /* --- one search --- */

  let turn = 0;
  const search = async ({ typing = false } = {}) => {
    const mine = ++turn;
    const old = () => mine !== turn;
    const text = S.cleaned(field.value);
    const finish = (message, count = 0) => {
      found.textContent = message;
      hits.dataset.answered = field.value;
      hits.dataset.count = count;
      hits.setAttribute("aria-busy", "false");
    };
    const empty = message => {
      hits.replaceChildren();
      says.replaceChildren();
      filters.hidden = true;
      options([]);
      finish(message);
    };
    if (!text) return empty(field.value.trim() ? words.nothing : "");
    if (field.value.length > S.LONGEST) return empty(fill(words.long, { n: number(S.LONGEST) }));
    hits.setAttribute("aria-busy", "true");
    const late = setTimeout(() => !old() && (found.textContent = words.searching), 250);
    try {
      const on = await ready();
      const terms = await on.terms();
      await on.words(S.wordsNeeded(text, terms));
      if (old()) return;
      const query = S.parse(text, terms, typing);
      if (query.tooMany) return empty(fill(words.many, { n: number(S.MOST) }));
      if (!query.clauses.length) return empty(words.nothing);
      const answerable = query.clauses.length && query.clauses.every(clause => clause.alternatives.length);
      const side = bySide.value || null;
      const only = byLaw.value ? await on.lawNamed(byLaw.value) : null;
      const [cited, groups] = await Promise.all([citedIn(on, text), answerable ? on.find(query, side, only) : []]);
      if (old()) return;
      await show({ on, text, query, groups, side, cited, terms, old, finish, typing });
    } catch (reason) {
      if (old()) return;
      empty(reason.message === "stale" ? words.stale : reason.message === "missing" ? words.failed : words.broken);
    } finally {
      clearTimeout(late);
    }
  };

  /* Provisions that the query cites, in the laws that it names. */
  const citedIn = async (on, text) => {
    const citation = S.citation(text);
    if (!citation) return [];
    const article = citation.eids[0].split("__")[0];
    const places = await on.withIdentifier(article);
    const laws = citation.law ? new Set(await on.titled(citation.law)) : null;
    const some = places.filter(([n]) => laws?.has(n) ?? true).slice(0, on.small && !laws ? 10 : 3);
    const out = await Promise.all(some.map(async ([n, at]) => {
      const law = await on.law(n, [at]), provision = law.provision(at);
      const eid = citation.eids.find(e => provision.eid === e || provision.units.some(u => u.eid === e));
      return eid && { law, provision, unit: provision.units.find(u => u.eid === eid) ?? provision.units[0], eid };
    }));
    return out.filter(Boolean);
  };

  const show = async ({ on, text, query, groups, side, cited, terms, old, finish, typing }) => {
    const total = groups.reduce((sum, g) => sum + g.count, 0);
    const named = namedTerms(text, terms);
    groups.sort((a, b) => (b.found[0] === 0) - (a.found[0] === 0) || b.weight - a.weight || a.n - b.n);
    const out = document.createDocumentFragment();
    const first = [];
    if (cited.length) {
      const section = element("section", { class: "law-hits", "aria-label": words.cited });
      section.append(element("h2", {}, words.cited), element("ul", { class: "hits" }, ...cited.map(({ law, provision, unit, eid }) => {
        const units = eid === provision.eid ? null : { units: new Map([[provision.units.indexOf(unit), []]]) };
        const item = hit(law, provision, units, []);
        const where = cite(eid === provision.eid ? provision : unit);
        item.querySelector("a").textContent = language === "zh" ? `《${title(law)}》${where}` : `${title(law)}, ${where}`;
        item.querySelector("a").href = href(law, provision.slug, eid);
        return item;
      })));
      out.append(section);
    }
    const rest = [...groups];
    const more = element("button", { type: "button", class: "more" }, words.more);
    const portion = async () => {
      const room = on.portion;
      const block = document.createDocumentFragment();
      const some = [];
      for (let n = 0; rest.length && n < room && some.length < on.lawsAtOnce;) {
        some.push(rest.shift());
        n += Math.min(some.at(-1).count, on.perLaw);
      }
      const laws = await Promise.all(some.map(group => on.law(group.n, now(group, on))));
      for (const [k, group] of some.entries()) {
        block.append(ofLaw(laws[k], group, query, side, named, on, first));
        await S.breath();
      }
      return block;
    };
    more.addEventListener("click", async () => {
      more.disabled = true;
      const block = await portion();
      more.disabled = false;
      const link = block.querySelector("a");
      more.before(block);
      if (!rest.length) more.remove();
      if (!byLaw.value) lawChoices(first);
      link?.focus();
    });
    out.append(await portion());
    if (rest.length) out.append(more);
    const said = await explained({ on, query, named, total, old, side });
    if (old()) return;
    says.replaceChildren(...said); // with the results, so that they do not move
    hits.replaceChildren(out);
    filters.hidden = !total && !bySide.value && !byLaw.value;
    if (!byLaw.value) lawChoices(first);
    const values = { query: short(text), n: number(total), laws: number(groups.length) };
    const message = fill(total ? words.found : cited.length ? words.onlyCited : words.none, values);
    found.textContent = message;
    offer(cited, terms, text, first, typing);
    finish(message, total);
  };

  /* The provisions of a law that are shown at once. */
  const now = (group, on) => byLaw.value || on.small ? group.found : group.found.slice(0, on.perLaw);

  const ofLaw = (law, group, query, side, named, on, first) => {
    const section = element("section", { class: "law-hits" });
    const list = element("ul", { class: "hits" });
    const size = byLaw.value ? group.count : Math.min(group.count, on.perLaw);
    const rank = (of, some) => some.map(n => [of.provision(n), S.match(of.provision(n), query, side)])
      .sort((a, b) => (a[1]?.score ?? 3) - (b[1]?.score ?? 3) || a[0].n - b[0].n);
    // Where laws are many, only what is shown is looked through, in the order of the law.
    const ranked = rank(law, now(group, on));
    section.append(element("h2", {}, element("a", { href: `${root}${law.id}/${page}` }, title(law)), " ",
      element("span", { class: "count" }, `(${number(group.count)})`)),
    element("p", { class: "state" }, state(law)), list);
    const add = (of, some) => list.append(...some.map(([provision, match]) => hit(of, provision, match, named)));
    add(law, ranked.slice(0, size));
    first.push(...ranked.slice(0, 3).map(([provision, match]) => ({ law, provision, match })));
    if (group.count > size) {
      const all = element("button", { type: "button", class: "more" }, fill(words.all, { n: number(group.count) }));
      all.addEventListener("click", async () => {
        all.disabled = true;
        const rest = group.found.slice(size);
        const of = on.small ? law : await on.law(group.n, rest);
        add(of, on.small ? ranked.slice(size) : rank(of, rest));
        all.remove();
        list.children[size].querySelector("a").focus();
      });
      section.append(all);
    }
    return section;
  };

  const lawChoices = first => {
    const known = new Map(first.map(({ law }) => [law.id, law]));
    byLaw.replaceChildren(element("option", { value: "" }, words.allLaws), ...[...known.values()].map(law => element("option", { value: law.id }, title(law))));
    byLaw.closest("label").hidden = known.size < 2;
  };

  /* --- what the query was taken to mean --- */

  const namedTerms = (text, terms) => {
    const plain = S.folded(text).joined;
    const low = S.wordsOf(text).map(t => t.word).join(" ");
    return terms.filter(term => plain.includes(S.folded(term[0]).joined) && [...term[0]].length > 1
      || [term[1], ...term[5], ...term[6]].some(name => ` ${low} `.includes(` ${S.wordsOf(name).map(t => t.word).join(" ")} `)));
  };

  /* Whether letters are a term's pinyin, or its first letters. */
  const spokenAs = (term, letters) => {
    const spelled = S.plainPinyin(term[2]).replace(/\s/g, "");
    return spelled === letters || S.segmented(spelled).some(syllables => syllables.map(s => s[0]).join("") === letters);
  };

  const inChinese = text => element("span", { lang: "zh-Hans-CN" }, text);
  const inEnglish = text => element("span", { lang: "en" }, text);
  const bothNames = ([zh, en]) => language === "zh" ? [inChinese(zh), "（", inEnglish(en), "）"] : [inEnglish(en), " (", inChinese(zh), ")"];

  const explained = async ({ on, query, named, total, old, side }) => {
    const out = [];
    for (const { name, terms } of query.notes)
      out.push(element("p", {}, ...filled(words.also, { name, terms: terms.flatMap((term, n) => [n ? words.comma : "", ...bothNames(term)]) })));
    const typed = S.folded(query.text).joined;
    const low = S.wordsOf(query.text).map(t => t.word).join(" ");
    const pinyin = S.plainPinyin(query.text).replace(/\s/g, "");
    const own = named.filter(term => S.folded(term[0]).joined === typed || [term[1], ...term[5], ...term[6]].some(n => S.wordsOf(n).map(t => t.word).join(" ") === low));
    if (!own.length && /^[a-z]{3,}$/.test(pinyin)) own.push(...(await on.terms()).filter(term => spokenAs(term, pinyin)));
    for (const term of own.slice(0, 3)) out.push(await card(on, term));
    if (!total) {
      const guesses = await lookalikes(on, query, side);
      if (guesses.length) out.push(element("p", { class: "guess" }, words.meant, ...guesses.flatMap(g => [" ", link(g)])));
    }
    return out;
  };

  const link = text => {
    const made = element("a", { href: `?q=${encodeURIComponent(text)}` }, text);
    made.addEventListener("click", event => {
      event.preventDefault();
      field.value = text;
      submit();
      field.focus();
    });
    return made;
  };

  const card = async (on, [zh, en, pinyin, definitionZh, definitionEn, forms, , slug, own, ownDefinition]) => {
    const tag = own ? otherTag : "en", definitionTag = ownDefinition ? otherTag : "en";
    const ask = text => ({ text, clauses: [S.parse(text, [], false).clauses[0]] });
    const count = async query => (await on.find(query, null)).reduce((sum, g) => sum + g.count, 0);
    const inZh = await count({ clauses: [{ alternatives: [{ zh: S.folded(zh).joined }] }] });
    const names = [en, ...forms];
    const rendered = { clauses: [{ alternatives: names.map(name => ask(`"${name}"`).clauses[0]).flatMap(c => c?.alternatives ?? []).filter(a => a.words || a.run) }] };
    const inEn = rendered.clauses[0].alternatives.length ? await count(rendered) : 0;
    const definitions = language === "zh" ? [[definitionZh, "zh-Hans-CN"], [definitionEn, definitionTag]] : [[definitionEn, definitionTag], [definitionZh, "zh-Hans-CN"]];
    return element("section", { class: "answer", "aria-label": words.term },
      element("h2", {}, element("span", { lang: "zh-Hans-CN" }, zh), element("span", { lang: tag }, en), element("span", { class: "py", lang: "zh-Latn-pinyin" }, pinyin)),
      ...definitions.map(([text, tag]) => element("p", { lang: tag }, text)),
      element("p", {}, ...filled(words.concordance, { zh: inChinese(zh), en: inEnglish(en), n: number(inZh), m: number(inEn) })),
      element("p", {}, element("a", { href: `${root}glossary/${page}#${slug}` }, words.inGlossary)));
  };

  /* Look-alike characters in the place of those typed, where that finds something. */
  const lookalikes = async (on, query, side) => {
    const out = [];
    for (const guess of S.variantsOf(query.text.slice(0, 40), S.lookalikes).slice(0, on.small ? 60 : 8)) {
      const groups = await on.find(S.parse(guess, [], false), side);
      if (groups.length) out.push(guess);
      if (out.length === 3) break;
    }
    return out;
  };

  /* --- the list below the field --- */

  let active = -1, choices = [];
  const options = some => {
    choices = some;
    active = -1;
    list.replaceChildren(...some.map(({ kind, text, lang = null, of = "" }, n) => element("li", { role: "option", id: `option-${n}`, "aria-selected": "false" },
      element("span", { class: "kind" }, kind), " ", element("span", { lang }, ...[text].flat()), of && " ", of && element("span", { class: "whose" }, of))));
    field.removeAttribute("aria-activedescendant");
    open(some.length > 0);
  };
  const open = yes => {
    list.hidden = !yes;
    field.setAttribute("aria-expanded", String(yes));
    if (!yes) { active = -1; field.removeAttribute("aria-activedescendant"); [...list.children].forEach(li => li.setAttribute("aria-selected", "false")); }
  };
  const move = to => {
    active = (to + choices.length + 1) % (choices.length + 1);
    if (active === choices.length) active = -1;
    [...list.children].forEach((li, n) => li.setAttribute("aria-selected", String(n === active)));
    if (active < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", `option-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const choose = n => {
    const { go, ask } = choices[n];
    open(false);
    if (go) location.href = go;
    else { field.value = ask; submit(); }
  };

  const offer = (cited, terms, text, first, typing) => {
    if (!typing) return options([]);
    const low = text.toLowerCase(), pinyin = S.plainPinyin(text).replace(/\s/g, "");
    const begins = terms.filter(([zh, en, py]) => zh.startsWith(text) || en.toLowerCase().startsWith(low) || (pinyin.length > 1 && S.plainPinyin(py).replace(/\s/g, "").startsWith(pinyin)));
    const known = new Set(cited.map(({ law, provision }) => href(law, provision.slug, provision.eid)));
    options([
      ...cited.slice(0, 3).map(({ law, provision, unit, eid }) => ({ kind: cite(eid === provision.eid ? provision : unit), text: title(law), go: href(law, provision.slug, eid) })),
      ...begins.slice(0, 3).map(term => ({ kind: words.term, text: bothNames(term), ask: term[0] })),
      ...first.map(({ law, provision, match }) => ({ kind: cite(provision), ...glimpse(provision, match), of: title(law), go: href(law, provision.slug, provision.eid) }))
        .filter(({ go }) => !known.has(go)).slice(0, 4),
    ]);
  };

  /* A line of the passage that a result list shows in full. */
  const glimpse = (provision, match) => {
    const [n, spans] = match ? [...match.units].sort((a, b) => a[0] - b[0])[0] : [Math.min(1, provision.units.length - 1), []];
    const unit = provision.units[n];
    const chinese = spans.length ? spans[0][0] === "zh" : language === "zh" || !unit.other;
    const text = chinese ? unit.zh : unit.other;
    let from = Math.max(0, (spans[0]?.[1] ?? 0) - (chinese ? 8 : 24));
    while (from > 0 && /[\w’\udc00-\udfff]/.test(text[from]) && /[\w’\ud800-\udbff]/.test(text[from - 1])) from--;
    return { text: `${from ? "…" : ""}${text.slice(from, from + 100)}`, lang: chinese ? "zh-Hans-CN" : otherTag };
  };

  /* --- events --- */

  const heading = document.title;
  const address = push => {
    const values = new URLSearchParams();
    for (const [key, value] of [["q", field.value.trim()], ["in", bySide.value], ["law", byLaw.value]]) if (value) values.set(key, value.toWellFormed?.() ?? value);
    const to = `${location.pathname}${values.size || [...values].length ? `?${values}` : ""}`;
    if (to.length < 4000 && to !== location.pathname + location.search) history[push ? "pushState" : "replaceState"](null, "", to);
    document.title = field.value.trim() ? `${short(S.cleaned(field.value))} · ${heading}` : heading;
  };
  let timer = 0;
  const submit = () => {
    clearTimeout(timer);
    open(false);
    const answer = search();
    address(true); // while the index is fetched
    return answer;
  };
  field.form.addEventListener("submit", event => {
    event.preventDefault();
    submit();
  });
  let composing = false;
  field.addEventListener("compositionstart", () => composing = true);
  field.addEventListener("compositionend", () => { composing = false; later(); });
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { byLaw.value = ""; search({ typing: true }); address(false); }, PAUSE);
  };
  field.addEventListener("input", () => composing || later());
  field.addEventListener("keydown", event => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!choices.length) return;
      event.preventDefault();
      if (list.hidden) open(true);
      move(event.key === "ArrowDown" ? active + 1 : active < 0 ? choices.length - 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      clearTimeout(timer);
      if (!list.hidden) open(false);
      else { field.value = ""; submit(); }
    } else if (event.key === "Tab") open(false);
  });
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const li = event.target.closest("li");
    if (li) choose([...list.children].indexOf(li));
  });
  field.addEventListener("blur", () => open(false));
  for (const filter of [bySide, byLaw]) filter.addEventListener("change", submit);

  const read = async () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") ?? "";
    bySide.value = asked.get("in") ?? "";
    if (asked.get("law")) {
      byLaw.replaceChildren(element("option", { value: "" }, words.allLaws), element("option", { value: asked.get("law") }, asked.get("law")));
      byLaw.value = asked.get("law");
      try {
        const on = await ready();
        const n = await on.lawNamed(asked.get("law"));
        if (n >= 0) byLaw.options[1].textContent = title(await on.law(n));
      } catch {} // the search itself says what is wrong
    } else byLaw.value = "";
    document.title = field.value.trim() ? `${short(S.cleaned(field.value))} · ${heading}` : heading;
    search();
  };
  addEventListener("popstate", read);
  read();
  ready().then(on => on.terms()).catch(() => {}); // a failure is said where it matters
})();
