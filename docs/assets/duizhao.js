/* Comforts of the reading pages. Everything but copying works without this file. */
(() => {
  "use strict";
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const keep = (name, value) => { try { localStorage.setItem(`duizhao.${name}`, value); } catch {} };
  const read = id => { const found = document.getElementById(id); return found ? JSON.parse(found.textContent) : null; };
  const words = read("words");
  const canPop = "popover" in HTMLElement.prototype;

  /* A provision's citation: in the page's language it is the name of its permanent link. */

  const citable = ".row:is([data-zh], [data-en])";
  const citation = row => {
    const named = row.matches(".sole") ? one(".head", row.closest(".article")) : row;
    const own = named.matches(citable) ? one(":scope > .n", named).getAttribute("aria-label") : "";
    const { zh = own, en = own } = named.dataset; // an empty one: the language has no form for it
    return { own, zh, en };
  };

  /* --- light and dark ------------------------------------------------------- */

  const scheme = one(".scheme");
  if (scheme) {
    scheme.hidden = false;
    const dark = () => (root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const say = () => scheme.setAttribute("aria-pressed", String(dark()));
    scheme.addEventListener("click", () => {
      root.dataset.scheme = dark() ? "light" : "dark";
      keep("scheme", root.dataset.scheme);
      for (const meta of all("meta[data-scheme]")) meta.media = meta.dataset.scheme === root.dataset.scheme ? "all" : "not all";
      say();
    });
    say();
  }

  /* --- contents over the text: whoever goes to a place on this page is to see it --- */

  const contents = one("#contents");
  contents?.addEventListener("click", event => {
    if (canPop && event.target.closest('a[href^="#"]')) contents.hidePopover();
  });

  /* --- addresses a person might type: #第十三条第二款, #art-13-2 ---------------- */

  const LEVELS = ["art", "para", "point", "indent"];
  /* What the address asks for; one that was cut off inside a letter asks for nothing. */
  const asking = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; } };
  const arrive = () => {
    const asked = asking();
    if (!asked || document.getElementById(asked)) return;
    const row = all(citable).find(r => citation(r).zh === asked);
    const numbers = /^art((?:-\d+)+)$/.exec(asked);
    const eid = row ? (row.id || one("[id]", row).id)
      : numbers && numbers[1].slice(1).split("-").map((n, i) => `${LEVELS[i]}_${n}`).join("__");
    if (eid && document.getElementById(eid)) location.replace(`#${eid}`);
  };
  addEventListener("hashchange", arrive);
  arrive();

  /* --- a long law is laid out a few articles at a time: all at once would be one long task --- */

  const folded = all(".leaf > :is(.article, .terms)");
  const piece = Math.ceil(folded.length / 30); // each costs a look at the whole page: as many, however long the law
  const unfold = () => {
    const next = folded.splice(0, piece);
    for (const part of next) part.classList.add("unfolded");
    next.at(-1)?.getBoundingClientRect(); // lays them out now, not with the next
    if (folded.length) setTimeout(unfold); // the class of the root stays: without it all would be styled anew
  };
  if (root.classList.contains("folded")) addEventListener("load", () => setTimeout(unfold));

  /* --- the provision one is reading: the first that begins near the window's top -------------------------------- */

  const rows = all(".row");
  const edge = () => one(".running")?.getBoundingClientRect().bottom ?? 0;
  const idOf = row => row.id || one("[id]", row)?.id || "";
  const here = () => {
    const top = Math.max(0, edge()) + 1;
    const asked = document.getElementById(asking())?.closest(".row");
    const seen = asked?.getBoundingClientRect();
    if (seen && seen.bottom > top && seen.top < innerHeight) return asked;
    if (!rows.length || scrollY < 40) return null;
    const near = new Set(all(".article").filter(article => {
      const { top: begins, bottom: ends } = article.getBoundingClientRect();
      return ends > top && begins < innerHeight;
    }));
    const seeing = rows.filter(row => {
      const article = row.closest(".article");
      return (!article || near.has(article)) && row.getBoundingClientRect().bottom > top;
    });
    const whole = seeing.find(row => row.getBoundingClientRect().top >= top - 8);
    return whole && whole.getBoundingClientRect().top < top + innerHeight / 3 ? whole : seeing[0] ?? null;
  };

  /* --- views and text size: remembered; the reader stays at the provision -------------------- */

  const views = one(".running");
  if (views) {
    let held = null;
    const browserHolds = how => { for (const node of [root, document.body]) node.style.overflowAnchor = how; };
    const hold = () => { const row = here(); held = row && { row, top: row.getBoundingClientRect().top }; };
    for (const event of ["pointerdown", "pointerenter", "keydown", "focusin"]) views.addEventListener(event, hold);
    views.addEventListener("change", event => {
      keep(event.target.name, event.target.value);
      if (!held) return;
      browserHolds("none");
      scrollBy(0, held.row.getBoundingClientRect().top - held.top);
      browserHolds("");
    });
  }

  /* --- the other language, the whole law, its chapters: the same provision ---------- */

  for (const link of all("[data-switch], [data-extent]")) {
    const given = link.getAttribute("href");
    const [plain, start] = given.split("#");
    const aim = () => {
      const row = here();
      const anchor = row ? idOf(row) : location.hash.slice(1) || start;
      const page = "extent" in link.dataset ? row && one("a.w", row.closest(".article") ?? row)?.getAttribute("href").split("#")[0] : plain;
      const query = link.closest(".languages") ? location.search : ""; // of the page of search
      link.setAttribute("href", page == null ? given : `${page}${query}${anchor ? `#${anchor}` : ""}`);
    };
    for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, aim);
  }

  /* --- place a panel beside what it belongs to ----------------------------------- */

  const place = (panel, owner) => {
    const rects = [...owner.getClientRects()];
    const [first, last] = [rects[0], rects[rects.length - 1]];
    const box = panel.getBoundingClientRect();
    const width = root.clientWidth;
    const below = last.bottom + 6;
    const above = first.top - box.height - 6;
    const up = below + box.height > innerHeight && above > 0;
    const left = Math.max(8, Math.min((up ? first : last).left, width - box.width - 8));
    panel.style.left = `${left + scrollX}px`;
    panel.style.top = `${(up ? above : below) + scrollY}px`;
  };

  /* --- terms: explained on hover, focus and touch (WCAG 1.4.13) -------------------- */

  /* A citation shows the provision: its rows on this page, else what the page carries of it. */

  const texts = ":is(.zh, .en:not(.untranslated))";
  const said = node => {
    const copy = document.createElement("p");
    const plain = node.cloneNode(true);
    for (const extra of all(".ref, .tip", plain)) extra.remove();
    copy.className = node.matches(".en") ? "en" : "zh";
    copy.lang = node.closest("[lang]").lang;
    copy.textContent = plain.textContent.replace(/\s+/g, " ").trim();
    return copy;
  };
  const shown = link => {
    const eid = decodeURIComponent(link.hash.slice(1));
    const place = link.pathname === location.pathname && document.getElementById(eid);
    const kept = place ? null : document.querySelector(`template[data-of="${CSS.escape(eid)}"]`);
    const parts = [];
    let name = "";
    if (kept) {
      parts.push(...kept.content.cloneNode(true).childNodes);
      name = kept.dataset.name;
    } else if (place) {
      const head = place.closest(".row.head");
      const row = place.closest(".row");
      const rows = head ? all(".row:not(.head)", head.closest(".article"))
        : row ? all(".row").filter(r => r.id === eid || r.id.startsWith(`${eid}__`)) : [];
      for (const each of rows) parts.push(...all(`:scope > ${texts}`, each).map(said));
      if (!row) parts.push(...all(texts, place).map(said));
      name = row ? citation(head ?? row).own : "";
    }
    if (!parts.length) return null;
    const go = document.createElement("a");
    go.className = "go";
    go.setAttribute("href", link.getAttribute("href"));
    go.textContent = name || link.textContent;
    parts.push(go);
    return parts;
  };

  const explained = '.row p a[href^="#t"], .sure a, a.r';
  if (canPop && one(explained)) {
    const tip = document.createElement("span");
    tip.className = "tip";
    tip.id = "tip";
    tip.popover = "manual";
    [tip.lang, tip.dir] = [root.lang, root.dir]; // not those of the text that it stands in
    let owner = null, refused = null, timer = 0;

    const close = () => {
      clearTimeout(timer);
      if (!owner) return;
      owner.removeAttribute("aria-describedby");
      owner = null;
      tip.remove();
    };
    const open = term => {
      clearTimeout(timer);
      if (owner === term || refused === term) return;
      close();
      const cites = term.matches("a.r");
      const entry = cites ? null : document.getElementById(term.hash.slice(1));
      const nodes = cites ? shown(term) : entry && [...entry.childNodes].map(node => node.cloneNode(true));
      if (!nodes) return;
      tip.classList.toggle("of", cites);
      tip.replaceChildren(...nodes);
      term.after(tip);
      term.setAttribute("aria-describedby", "tip");
      owner = term;
      tip.showPopover();
      place(tip, term);
    };
    const later = (action, wait) => { clearTimeout(timer); timer = setTimeout(action, wait); };
    // What a tip says may be a link of the same kind: it is followed, and explained no further.
    const termOf = event => tip.contains(event.target) ? null : event.target.closest?.(explained);
    let touched = false, again = false;
    document.addEventListener("pointerdown", event => {
      touched = event.pointerType === "touch";
      again = Boolean(owner) && owner === termOf(event);
    }, true);
    addEventListener("hashchange", () => close());
    const inside = node => Boolean(owner && node && (owner.contains(node) || tip.contains(node)));

    document.addEventListener("pointerover", event => {
      if (event.pointerType === "touch") return;
      const term = termOf(event);
      if (term && term !== owner) later(() => open(term), 150);
      else if (inside(event.target)) clearTimeout(timer);
    });
    document.addEventListener("pointerout", event => {
      if (event.pointerType === "touch" || inside(event.relatedTarget)) return;
      const term = termOf(event);
      if (term && term !== owner) clearTimeout(timer);
      if (term === refused) refused = null;
      if (owner && !inside(document.activeElement)) later(close, 300);
    });
    document.addEventListener("focusin", event => {
      const term = termOf(event);
      if (term) open(term);
      else if (owner && !inside(event.target)) close();
    });
    document.addEventListener("focusout", event => {
      if (event.target === refused) refused = null;
      if (owner && !inside(event.relatedTarget) && event.relatedTarget) close();
    });
    document.addEventListener("click", event => {
      const term = termOf(event);
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      // A citation leads on; where nothing hovers, the first touch shows what it is of.
      if (term?.matches("a.r") && (!touched || again || !shown(term))) return;
      if (term && plain) {
        event.preventDefault();
        refused = null;
        open(term);
      } else if (owner && !inside(event.target)) close();
    });
    document.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !owner) return;
      const term = owner;
      const back = tip.contains(document.activeElement);
      refused = term;
      close();
      if (back) term.focus();
    });
  }

  /* --- copying a link, a citation, the text with its status ------------------------- */

  if (words && canPop && one(".k")) {
    const menu = document.createElement("div");
    menu.className = "menu";
    menu.popover = "auto";
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    let row = null;
    let closing = 0; // what is to close the menu when its message has been read

    /* Within 《》 a title has 〈〉, and one within that 《》. */
    const within = title => title.includes("《") ? title.replace(/[《》〈〉]/g, mark => "〈〉《》"["《》〈〉".indexOf(mark)]) : title;
    const cite = () => {
      const { zh, en } = citation(row);
      return [`《${within(words.titleZh)}》${zh}`, ...en ? [`${words.titleEn}, ${en}`] : []];
    };
    const link = () => new URL(`#${idOf(row)}`, location.href).href;
    const plain = node => {
      const copy = node.cloneNode(true);
      for (const extra of all(".ref, .tip, rt", copy)) extra.remove();
      return copy.textContent.replace(/\s+/g, " ").trim();
    };
    const text = () => { // a paragraph with its items, as a citation of it means
      const article = row.closest(".article"), below = `${idOf(row)}__`;
      const whole = row.classList.contains("head") ? [article ?? row]
        : [row, ...all(".row", article ?? row.parentNode).filter(other => idOf(other).startsWith(below))];
      const within = selector => whole.flatMap(part => [...part.matches(selector) ? [part] : [], ...all(selector, part)]);
      const parts = selector => within(selector).map(plain).join("\n");
      const [also, opening, closed] = words.language === "zh" ? "；（）" : ["; ", "(", ")"];
      // The doubts of a number are the article's; a paragraph that says nothing is as sure as that.
      const head = one(".head .sure", article ?? row), own = one(".sure", row) ?? head;
      const marked = (of, ...kinds) => of ? all(kinds.map(kind => `a[href$="-${kind}"]`), of).map(plain) : [];
      const status = [
        words.status,
        within(".gap, .lacuna").length && words.incomplete,
        ...marked(head, "number", "supplied"), ...marked(own, "query", "emendation"),
        within("p.en.untranslated").length && words.untranslated,
        words.edition,
      ].filter(Boolean).join(also);
      return [parts("p.zh"), parts("p.en:not(.untranslated)"), ...cite(), `${opening}${status}${closed}`, link()].filter(Boolean).join("\n");
    };
    const kinds = { link, citeZh: () => cite()[0], citeEn: () => cite()[1], text };

    const write = async (value, chosen) => {
      try {
        await navigator.clipboard.writeText(value);
        return true;
      } catch {} // no secure context (http://), or the browser refuses it
      const field = document.createElement("textarea");
      field.value = value;
      menu.append(field);
      field.select();
      const done = document.execCommand("copy");
      chosen.focus(); // before the field goes, and the focus with it
      field.remove();
      return done;
    };
    for (const kind of Object.keys(kinds)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words[kind];
      button.dataset.kind = kind;
      button.addEventListener("click", async () => {
        if (!await write(kinds[kind](), button)) return;
        said.textContent = words.copied;
        clearTimeout(closing);
        closing = setTimeout(() => menu.hidePopover(), 2000);
      });
      menu.append(button);
    }
    const printing = document.createElement("button");
    printing.type = "button";
    printing.textContent = words.print;
    printing.dataset.kind = "print";
    printing.addEventListener("click", () => {
      menu.hidePopover();
      document.documentElement.classList.add("print-one"); // the style sheet leaves the others out
      (row.closest(".article") ?? row).classList.add("printing");
      window.print();
    });
    addEventListener("afterprint", () => {
      document.documentElement.classList.remove("print-one");
      for (const done of all(".printing")) done.classList.remove("printing");
    });
    menu.append(printing, said);

    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(icon.namespaceURI, "path");
    path.setAttribute("d", "M19 21H8V7h11m0-2H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2m-3-4H4a2 2 0 0 0-2 2v14h2V3h12z");
    icon.append(path);

    const add = tools => {
      const of = tools.closest(".row");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "c";
      button.setAttribute("aria-label", words.copy.replace("{citation}", citation(of).own));
      button.append(icon.cloneNode(true));
      button.addEventListener("click", () => {
        clearTimeout(closing); // of the copy before
        row = of;
        one('[data-kind="citeEn"]', menu).hidden = !citation(of).en;
        said.textContent = "";
        tools.after(menu);
        menu.showPopover();
        place(menu, button);
        one("button", menu).focus();
      });
      tools.append(button);
    };
    // A long law has hundreds: a few at a time, so that the page answers meanwhile.
    const waiting = all(`${citable} > .k`);
    const some = () => {
      for (const until = performance.now() + 8; waiting.length && performance.now() < until;) add(waiting.shift());
      if (waiting.length) setTimeout(some);
    };
    some();
  }
})();
