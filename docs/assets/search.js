/* Search, the page: a combobox, filters, results; all text is set as text. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const $ = id => document.getElementById(id);
  const [field, list, hits, found, says, filters, bySide, byLaw, lawList] =
    ["q", "options", "hits", "found", "says", "filters", "by-side", "by-law", "laws"].map($);
  const words = JSON.parse($("search-words").textContent);
  const { root, language, tag: otherTag } = hits.dataset;
  const page = location.protocol === "file:" ? "index.html" : "";
  const PAUSE = 120; // ms without a key before typing is answered
  const GUESSING = 3; // parts loaded at most to guess what was meant
  const { fill, element } = S;
  /* The same with elements among the values: what to append. */
  const filled = (text, values) => text.split(/(\{\w+\})/).flatMap(part => values[part.slice(1, -1)] ?? part);
  const { number, cite, title, titleTag, href, hit, state } = S.shower(hits.dataset, words);
  const short = text => [...text].length > 60 ? `${[...text].slice(0, 60).join("")}…` : text;
  const named = law => element("span", { lang: titleTag(law) }, title(law));

  const ready = S.engine(hits.dataset);
  let lately = { on: null, groups: [] }; // what the last query found in all laws

  /* --- one search --- */

  let turn = 0;
  const search = async ({ typing = false } = {}) => {
    const mine = ++turn;
    const old = () => mine !== turn;
    const asked = field.value; // it may be another when the answer is there
    const text = S.cleaned(asked);
    const finish = (message, count = 0) => {
      found.textContent = message;
      hits.dataset.answered = asked;
      hits.dataset.count = count;
      hits.setAttribute("aria-busy", "false");
    };
    const empty = message => {
      hits.replaceChildren();
      says.replaceChildren();
      filters.hidden = true;
      options.offer([]);
      finish(message);
    };
    if (!text) {
      chosen.narrow(null);
      bySide.value = "";
      return empty(field.value.trim() ? words.nothing : "");
    }
    if (field.value.length > S.LONGEST) return empty(fill(words.long, { n: number(S.LONGEST) }));
    hits.setAttribute("aria-busy", "true");
    const late = setTimeout(() => !old() && (found.textContent = words.searching), 250);
    try {
      const on = await ready();
      const terms = await on.terms();
      const law = chosen.law && on.lawNamed(chosen.law.id), cited = citedIn(on, text, law);
      for (const begun of [law, cited]) begun?.catch(() => {}); // awaited in `show`
      await on.words(S.wordsNeeded(text, terms));
      if (old()) return;
      const query = S.parse(text, terms, typing);
      if (query.tooMany) return empty(fill(words.many, { n: number(S.MOST) }));
      if (!query.clauses.length) return empty(words.nothing);
      const meant = namedTerms(text, terms), saying = explained(on, query, meant);
      saying.catch(() => {}); // awaited in `show`, too
      const answerable = query.clauses.every(clause => clause.alternatives.length);
      const side = bySide.value || null;
      const groups = answerable ? await on.find(query, side) : [];
      if (old()) return;
      groups.sort((a, b) => (b.found[0] === 0) - (a.found[0] === 0) || b.weight - a.weight || a.n - b.n);
      lately = { on, groups };
      const n = await law;
      await show({ on, text, query, groups: law ? groups.filter(group => group.n === n) : groups, side, cited, saying, meant, terms, old, finish, typing });
    } catch (reason) {
      if (old()) return;
      empty(reason.message === "stale" ? words.stale : reason.message === "missing" ? words.failed : words.broken);
    } finally {
      clearTimeout(late);
    }
  };

  /* Provisions that the query cites, in the laws that it names: some, and how to get more. */
  const citedIn = async (on, text, law) => {
    const citation = S.citation(text);
    if (!citation) return { some: [] };
    const [places, laws, n] = await Promise.all([on.cited(citation), citation.law ? on.titled(citation.law) : null, law]);
    const rank = laws && new Map(laws.map((n, at) => [n, at]));
    const rest = places.filter(place => (rank?.has(place[0]) ?? true) && (law === null || place[0] === n));
    if (rank) rest.sort((a, b) => rank.get(a[0]) - rank.get(b[0]));
    const next = () => Promise.all(rest.splice(0, on.citedAtOnce).map(async ([n, at, eid]) => {
      const law = await on.law(n, [at]), provision = law.provision(at);
      return { law, provision, unit: provision.units.find(u => u.eid === eid) ?? provision.units[0], eid };
    }));
    return { some: await next(), next, rest };
  };

  const citedHit = ({ law, provision, unit, eid }) => {
    const whole = eid === provision.eid;
    const item = hit(law, provision, whole ? null : { units: new Map([[provision.units.indexOf(unit), []]]) }, []);
    if (!whole) item.querySelector(".own a")?.remove(); // it is said above
    const link = item.querySelector("a"), where = cite(whole ? provision : unit);
    link.replaceChildren(...language === "zh" ? [`${S.enclosed(title(law))}${where}`] : [named(law), `, ${where}`]);
    link.href = href(law, provision.slug, eid);
    item.querySelector(".cite").append(element("span", { class: "state" }, state(law)));
    return item;
  };

  const citedSection = ({ some, next, rest }) => {
    const shown = element("ul", { class: "hits" }, ...some.map(citedHit));
    const name = words.cited[Math.min(some.length, 2) - 1];
    const section = element("section", { class: "law-hits", "aria-label": name }, element("h2", {}, name), shown);
    const more = element("button", { type: "button", class: "more" }, words.more);
    more.addEventListener("click", async () => {
      more.disabled = true;
      const items = (await next()).map(citedHit);
      more.disabled = false;
      shown.append(...items);
      if (!rest.length) more.remove();
      items[0]?.querySelector("a").focus();
    });
    if (rest.length) section.append(more);
    return section;
  };

  const show = async ({ on, text, query, groups, side, cited: citing, saying, meant, terms, old, finish, typing }) => {
    const total = groups.reduce((sum, g) => sum + g.count, 0);
    const first = [];
    const rest = [...groups];
    const more = element("button", { type: "button", class: "more" }, words.more);
    const portion = async () => {
      const block = document.createDocumentFragment();
      const some = [];
      for (let n = 0; rest.length && n < on.portion && some.length < on.lawsAtOnce;) {
        some.push(rest.shift());
        n += Math.min(some.at(-1).count, on.perLaw);
      }
      const laws = await Promise.all(some.map(group => on.law(group.n, now(group, on))));
      for (const [k, group] of some.entries()) {
        block.append(ofLaw(laws[k], group, query, side, meant, on, first));
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
      link?.focus();
    });
    const [block, cited, said] = await Promise.all([portion(), citing, saying]);
    if (!total && !cited.some.length) said.push(...await instead(on, query, side));
    if (old()) return;
    says.replaceChildren(...said); // with the results, so that they do not move
    hits.replaceChildren(...cited.some.length ? [citedSection(cited)] : [], block, ...rest.length ? [more] : []);
    filters.hidden = !total && !bySide.value && !chosen.law;
    byLaw.closest(".by-law").hidden = lately.groups.length < 2 && !chosen.law;
    const values = { query: S.unmarked(short(text)), n: number(total || cited.some.length + (cited.rest?.length ?? 0)), laws: number(groups.length) };
    const message = fill(total ? words.found : cited.some.length ? words.onlyCited : words.none, values);
    found.textContent = message;
    offer(cited.some, terms, text, first, typing);
    finish(message, total);
  };

  /* The provisions of a law that are shown at once. */
  const now = (group, on) => chosen.law || on.small ? group.found : group.found.slice(0, on.perLaw);

  const ofLaw = (law, group, query, side, meant, on, first) => {
    const section = element("section", { class: "law-hits" });
    const list = element("ul", { class: "hits" });
    const size = chosen.law ? group.count : Math.min(group.count, on.perLaw);
    const rank = (of, some) => some.map(n => [of.provision(n), S.match(of.provision(n), query, side)])
      .sort((a, b) => (a[1]?.score ?? 3) - (b[1]?.score ?? 3) || a[0].n - b[0].n);
    // Where laws are many, only what is shown is looked through, in the order of the law.
    const ranked = rank(law, now(group, on));
    section.append(element("h2", {}, element("a", { href: `${S.home(hits.dataset, law)}${page}`, lang: titleTag(law) }, title(law)), " ",
      element("span", { class: "count" }, `(${number(group.count)})`)),
    element("p", { class: "state" }, state(law)), list);
    const add = (of, some) => list.append(...some.map(([provision, match]) => hit(of, provision, match, meant)));
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

  /* Other renderings that were looked for, and the cards of terms that are asked for. */
  const explained = async (on, query, meant) => {
    const out = [];
    for (const { name, terms } of query.notes)
      out.push(element("p", {}, ...filled(words.also, { name, terms: terms.flatMap((term, n) => [n ? words.comma : "", ...bothNames(term)]) })));
    const typed = S.folded(query.text).joined;
    const low = S.wordsOf(query.text).map(t => t.word).join(" ");
    const pinyin = S.plainPinyin(query.text).replace(/\s/g, "");
    const own = meant.filter(term => S.folded(term[0]).joined === typed || [term[1], ...term[5], ...term[6]].some(n => S.wordsOf(n).map(t => t.word).join(" ") === low));
    if (!own.length && /^[a-z]{3,}$/.test(pinyin)) own.push(...(await on.terms()).filter(term => spokenAs(term, pinyin)));
    return [...out, ...await Promise.all(own.slice(0, 3).map(term => card(on, term)))];
  };

  /* What may be meant where nothing is found: the same in all laws, or look-alikes. */
  const instead = async (on, query, side) => {
    const elsewhere = chosen.law ? lately.groups.reduce((sum, g) => sum + g.count, 0) : 0;
    if (elsewhere) {
      const all = element("button", { type: "button", class: "more" }, fill(words.elsewhere, { n: number(elsewhere) }));
      all.addEventListener("click", () => {
        chosen.narrow(null);
        submit();
        field.focus();
      });
      return [element("p", {}, all)];
    }
    const guesses = await lookalikes(on, query, side);
    return guesses.length ? [element("p", { class: "guess" }, words.meant, ...guesses.flatMap(g => [" ", link(g)]))] : [];
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
    const names = [en, ...forms];
    await on.words(S.wordsNeeded(names.join(" "), []));
    const inZh = await count({ clauses: [{ alternatives: [{ zh: S.folded(zh).joined }] }] });
    const rendered = { clauses: [{ alternatives: names.map(name => ask(`"${name}"`).clauses[0]).flatMap(c => c?.alternatives ?? []).filter(a => a.words || a.run) }] };
    const inEn = rendered.clauses[0].alternatives.length ? await count(rendered) : 0;
    const definitions = language === "zh" ? [[definitionZh, "zh-Hans-CN"], [definitionEn, definitionTag]] : [[definitionEn, definitionTag], [definitionZh, "zh-Hans-CN"]];
    return element("section", { class: "answer", "aria-label": words.term },
      element("h2", {}, element("span", { lang: "zh-Hans-CN" }, zh), element("span", { lang: tag }, en), element("span", { class: "py", lang: "zh-Latn-pinyin" }, pinyin)),
      ...definitions.map(([text, tag]) => element("p", { lang: tag }, text)),
      element("p", {}, ...filled(words.concordance, { zh: inChinese(zh), en: element("span", { lang: tag }, en), n: number(inZh), m: number(inEn) })),
      element("p", {}, element("a", { href: `${root}glossary/${page}#${slug}` }, words.inGlossary)));
  };

  /* Look-alike characters in the place of those typed, where that finds something; on a large
     site no more are tried than little is moved for. */
  const lookalikes = async (on, query, side) => {
    const out = [], before = S.moved, text = query.text.slice(0, 40), plain = S.folded(text).joined;
    const typed = [...text], guesses = S.variantsOf(text, S.lookalikes);
    if ([...plain].length === typed.length) { // first what would mend the part that is found least
      const doubts = await on.doubted(plain), doubt = guess => doubts[[...guess].findIndex((c, n) => c !== typed[n])];
      guesses.sort((a, b) => doubt(a) - doubt(b));
    }
    for (const guess of guesses.slice(0, 60)) {
      if (S.moved - before > GUESSING) break;
      const groups = await on.find(S.parse(guess, [], false), side);
      if (groups.length) out.push(guess);
      if (out.length === 3) break;
    }
    return out;
  };

  /* --- the lists below the fields --- */

  const options = S.combobox(field, list, {
    escape: () => {
      field.value = "";
      submit();
    },
  });
  field.addEventListener("keydown", event => event.key === "Escape" && clearTimeout(timer));

  const offer = (cited, terms, text, first, typing) => {
    if (!typing) return options.offer([]);
    const low = text.toLowerCase(), pinyin = S.plainPinyin(text).replace(/\s/g, "");
    const begins = terms.filter(([zh, en, py]) => zh.startsWith(text) || en.toLowerCase().startsWith(low) || (pinyin.length > 1 && S.plainPinyin(py).replace(/\s/g, "").startsWith(pinyin)));
    const known = new Set(cited.map(({ law, provision }) => href(law, provision.slug, provision.eid)));
    const line = (kind, content, run, law = null) => ({
      run, content: [element("span", { class: "kind" }, kind), " ", content, ...law ? [" ", element("span", { class: "whose", lang: titleTag(law) }, title(law))] : []],
    });
    const go = address => () => { location.href = address; };
    options.offer([
      ...cited.slice(0, 3).map(({ law, provision, unit, eid }) => line(cite(eid === provision.eid ? provision : unit), named(law), go(href(law, provision.slug, eid)))),
      ...begins.slice(0, 3).map(term => line(words.term, element("span", {}, ...bothNames(term)), () => {
        field.value = term[0];
        submit();
      })),
      ...first.map(({ law, provision, match }) => [href(law, provision.slug, provision.eid), law, provision, match]).filter(([address]) => !known.has(address)).slice(0, 4)
        .map(([address, law, provision, match]) => line(cite(provision), glimpse(provision, match), go(address), law)),
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
    return element("span", { lang: chinese ? "zh-Hans-CN" : otherTag }, `${from ? "…" : ""}${text.slice(from, from + 100)}`);
  };

  /* --- the law narrowed down to --- */

  const chosen = S.lawField(byLaw, lawList, words, {
    title, named, number, latest: () => lately, changed: () => submit(), failed: () => { found.textContent = words.failed; },
  });

  /* --- events --- */

  const heading = document.title;
  const address = push => {
    const values = new URLSearchParams();
    for (const [key, value] of [["q", field.value.trim()], ["in", bySide.value], ["law", chosen.law?.id]]) if (value) values.set(key, value.toWellFormed?.() ?? value);
    const to = `${location.pathname}${values.size || [...values].length ? `?${values}` : ""}`;
    if (to.length < 4000 && to !== location.pathname + location.search) history[push ? "pushState" : "replaceState"](null, "", to);
    document.title = field.value.trim() ? `${short(S.cleaned(field.value))} · ${heading}` : heading;
  };
  let timer = 0;
  const submit = () => {
    clearTimeout(timer);
    options.close();
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
    timer = setTimeout(() => { search({ typing: true }); address(false); }, PAUSE);
  };
  field.addEventListener("input", () => composing || later());
  bySide.addEventListener("change", submit);

  const read = async () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") ?? "";
    bySide.value = asked.get("in") ?? "";
    const id = asked.get("law");
    chosen.narrow(id ? { id, titles: [id] } : null);
    if (id && field.value.trim()) ready().then(async on => {
      const n = await on.lawNamed(id);
      if (n >= 0 && chosen.law?.id === id) chosen.narrow({ id, titles: (await on.law(n)).titles });
    }).catch(() => {}); // the search itself says what is wrong
    document.title = field.value.trim() ? `${short(S.cleaned(field.value))} · ${heading}` : heading;
    search();
  };
  addEventListener("popstate", read);
  read();
  ready().then(on => on.terms()).catch(() => {}); // a failure is said where it matters
})();
