/* The quote checker, the page: a passage goes in, parts with their provisions come out.
   All text is set as text, and nothing is sent anywhere. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch;
  const $ = id => document.getElementById(id);
  const [form, field, verdict, parts] = ["quote", "passage", "verdict", "parts"].map($);
  const words = JSON.parse($("quote-words").textContent);
  const { language, tag } = parts.dataset;
  const column = Number(parts.dataset.column);
  const page = location.protocol === "file:" ? "index.html" : "";
  const { fill, element } = S;
  const number = n => n.toLocaleString(language);

  const ready = S.engine(parts.dataset);

  /* --- what is shown --- */

  const title = law => law.titles[language === "zh" ? 0 : column + 1] || law.titles[0];
  const cite = of => language !== "zh" && of.citeOther || of.citeZh;
  const named = ({ law, provision, unit }) => language === "zh" ? `${S.enclosed(title(law))}${cite(unit ?? provision)}` : `${title(law)}, ${cite(unit ?? provision)}`;
  const link = (place, text = named(place)) =>
    element("a", { href: `${S.home(parts.dataset, place.law)}${place.provision.slug}${page}#${place.eid}` }, text);
  const listed = places => {
    const list = element("ul", { class: "places" });
    list.append(...places.map(place => element("li", {}, link(place))));
    return list;
  };
  const seen = text => !text ? element("em", {}, words.nothing) : !text.trim() ? element("em", {}, words.spaces) : text;

  const compared = (part, lang) => {
    const made = element("p", { class: "compared", lang });
    for (const [n, { kind, mine, theirs }] of part.segments.entries()) {
      const ended = n + 1 < part.segments.length ? mine : mine.trimEnd(); // no empty lines
      if (kind === "same" || kind === "unknown") made.append(n ? ended : ended.trimStart());
      else made.append(...[mine && element("del", { class: kind }, mine), theirs && element("ins", { class: kind }, theirs)].filter(Boolean));
    }
    return made;
  };
  const table = (some, lang) => element("div", { class: "table", tabindex: "0", role: "region", "aria-label": words.differences }, element("table", {},
    element("thead", {}, element("tr", {}, ...[words.kind, words.mine, words.theirs].map(name => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...some.map(({ kind, mine, theirs }) => element("tr", {},
      element("th", { scope: "row" }, words.kinds[kind]),
      ...[mine, theirs].map(text => element("td", { lang: text.trim() ? lang : null }, seen(text))))))));

  const version = law => fill(words.versionOf, { law: title(law), date: law.effective });
  const langOf = part => part.chinese ? "zh-Hans-CN" : tag;
  const shown = (part, check) => {
    const lang = langOf(part);
    const section = element("section", { class: `part ${part.status}` });
    const share = Math.round(100 * part.size / check.sizes[part.chinese ? 0 : 1]) / 100;
    const said = words.shares[check.sizes.every(Boolean) ? part.chinese ? "zh" : "other" : "one"];
    section.append(element("h2", {}, words.states[part.status], " ",
      element("span", { class: "share" }, fill(said, { n: share.toLocaleString(language, { style: "percent" }) }))));
    if (part.places.length) section.append(listed(part.places));
    section.append(compared(part, lang));
    const some = part.segments.filter(s => s.kind !== "same" && s.kind !== "unknown");
    if (some.length) section.append(table(some, lang));
    if (part.corrected) section.append(element("p", { class: "remark" }, words.corrected));
    if (part.other.length) section.append(element("p", { class: "remark" }, fill(words.other, { laws: part.other.map(version).join(words.separator) })));
    if (part.also.length) section.append(element("p", { class: "remark" }, words.also), listed(part.also));
    return section;
  };

  /* Citations of one state that follow each other; or what else is not compared. */
  const uncompared = some => element("section", { class: `part ${some[0].status}` },
    element("h2", {}, words.states[some[0].status]),
    ...some.map(part => {
      const text = part.segments[0].mine.trim();
      return element("p", { class: "compared", lang: langOf(part) }, part.places.length ? link(part.places[0], text) : text);
    }));
  const sections = answer => {
    const groups = [];
    for (const part of answer.parts)
      if (!S.isCompared(part) && groups.at(-1)?.[0].status === part.status) groups.at(-1).push(part);
      else groups.push([part]);
    return groups.map(group => S.isCompared(group[0]) ? shown(group[0], answer) : uncompared(group));
  };

  /* --- one check --- */

  let turn = 0;
  const say = (text, state) => {
    verdict.textContent = text;
    verdict.dataset.state = state;
  };
  const check = async () => {
    const mine = ++turn;
    parts.replaceChildren();
    const typed = field.value;
    // A very long one is not even looked at.
    const text = typed.length > 20 * S.LONGEST_PASSAGE ? typed : S.cleanedPassage(typed);
    const size = text.length > 20 * S.LONGEST_PASSAGE ? text.length : [...text].length;
    const least = S.SHORTEST_PASSAGE, most = S.LONGEST_PASSAGE;
    if (size < least || size > most)
      return say(fill(words.length, { least: number(least), most: number(most), n: number(size) }), "length");
    say(words.working, "working");
    try {
      const on = await ready(); // the table of Traditional characters is there
      if ([...S.folded(text).joined].length < S.LEAST_COMPARED)
        return say(fill(words.length, { least: number(least), most: number(most), n: number(0) }), "length");
      const rows = S.mayCite(text) ? await on.titles() : [];
      const divided = S.dividedPassage(text, rows);
      const found = await S.corporaOf(on, rows, divided);
      await new Promise(done => setTimeout(done)); // lets the page say that it is at work
      if (mine !== turn) return;
      const answer = S.quote(divided, found);
      parts.replaceChildren(...sections(answer));
      say(fill(words.verdicts[answer.status], { n: number(answer.joined) }), answer.status);
    } catch (reason) {
      if (mine !== turn) return;
      say(reason.message === "stale" ? words.stale : reason.message === "missing" ? words.failed : words.broken, "failed");
    }
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    check();
  });
  field.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  field.addEventListener("paste", () => setTimeout(() => form.requestSubmit()));
})();
