/* Search: every record is looked through, so what stands in a law is found, and nothing else. */
(async () => {
  "use strict";
  const hits = document.getElementById("hits");
  const found = document.getElementById("found");
  const field = document.getElementById("q");
  const words = JSON.parse(document.getElementById("search-words").textContent);
  const { index, root, language } = hits.dataset;
  const PORTION = 100; // hits shown at a time

  const query = (new URLSearchParams(location.search).get("q") ?? "").trim();
  field.value = query;
  if (!query) return;
  const asked = [...new Set(query.toLowerCase().split(/\s+/))];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* A text as it is searched: small letters, no space between Han characters; `at` leads back. */
  const searchable = text => {
    const at = [];
    let plain = "";
    for (let i = 0; i < text.length; i++) {
      if (/\s/.test(text[i]) && (/\p{Script=Han}/u.test(text[i + 1] ?? "") && /\p{Script=Han}/u.test(text[i - 1] ?? ""))) continue;
      const small = text[i].toLowerCase();
      plain += small.length === 1 ? small : text[i];
      at.push(i);
    }
    return { plain, at };
  };

  /* The text with what was asked for marked; text stays text. */
  const marked = (text, { plain, at }) => {
    const spans = [];
    for (const word of asked)
      for (let i = plain.indexOf(word); i >= 0; i = plain.indexOf(word, i + word.length))
        spans.push([at[i], at[i + word.length - 1] + 1]);
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const out = [];
    let end = 0;
    for (const [from, to] of spans) {
      if (to <= end) continue;
      const start = Math.max(from, end);
      out.push(text.slice(end, start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, to);
      out.push(mark);
      end = to;
    }
    return [...out, text.slice(end)];
  };

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  found.textContent = words.searching;
  let data;
  try {
    const answer = await fetch(index);
    if (!answer.ok) throw new Error(answer.status);
    data = await answer.json();
  } catch {
    found.textContent = words.failed;
    return;
  }

  const other = language === "zh" ? data.languages[0] : language;
  const column = 6 + data.languages.indexOf(other);
  const list = [];
  for (const unit of data.units) {
    const [law, page, eid, citeZh, citeEn, zh] = unit;
    const translation = unit[column] ?? "";
    const [a, b] = [searchable(zh), searchable(translation)];
    if (asked.every(word => a.plain.includes(word) || b.plain.includes(word)))
      list.push({ law, page, eid, cite: language === "zh" ? citeZh : citeEn, zh, translation, a, b });
  }

  found.textContent = fill(list.length ? words.found : words.none, {
    query, n: list.length.toLocaleString(language),
  });
  document.title = `${query} · ${document.title}`;

  const hit = ({ law, page, eid, cite, zh, translation, a, b }) => {
    const link = element("a", { href: `${root}${data.laws[law].id}/${page}#${eid}` }, cite);
    const item = element("li", {}, element("div", { class: "cite" }, link));
    item.append(element("p", { class: "zh", lang: "zh-Hans-CN" }, ...marked(zh, a)));
    if (translation) item.append(element("p", { class: "en", lang: other }, ...marked(translation, b)));
    return item;
  };

  let shown = 0, group = null, current = -1;
  const more = element("button", { type: "button", class: "more" }, words.more);
  const show = () => {
    for (const record of list.slice(shown, shown + PORTION)) {
      if (record.law !== current) {
        current = record.law;
        const total = list.filter(r => r.law === current).length;
        const title = data.laws[current].title[language];
        group = element("ul", { class: "hits" });
        hits.append(element("h2", {}, fill(words.group, { title, n: total.toLocaleString(language) })), group);
      }
      group.append(hit(record));
    }
    shown = Math.min(list.length, shown + PORTION);
    if (shown < list.length) hits.append(more);
    else more.remove();
  };
  more.addEventListener("click", show);
  show();
})();
