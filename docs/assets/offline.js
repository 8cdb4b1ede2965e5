/* Reading without a network: the service worker, laws to keep, and a site opened from a folder. */
(() => {
  "use strict";
  const { src, dataset } = document.currentScript;
  const root = new URL("../", src);
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const workers = navigator.serviceWorker;
  const able = location.protocol !== "file:" && workers && dataset.worker !== undefined;
  if (!able) for (const place of all(".keep, .kept-laws")) place.hidden = true;

  /* --- from a folder: a browser would show the list of its files --- */

  if (location.protocol === "file:") {
    for (const [name, nodes] of [["href", all("a[href]")], ["action", all("form[action]")]])
      for (const node of nodes) {
        const url = new URL(node.getAttribute(name), location.href);
        if (url.protocol !== "file:" || !url.pathname.endsWith("/")) continue;
        url.pathname += "index.html";
        node.setAttribute(name, url.href);
      }
  }

  /* --- the worker --- */

  if (!able) return;

  const register = () => {
    const address = new URL("sw.js", root).href; // the one address this policy gives
    const policy = globalThis.trustedTypes?.createPolicy("duizhao-worker", { createScriptURL: () => address });
    return workers.register(policy ? policy.createScriptURL("") : address, { scope: root.pathname, updateViaCache: "none" });
  };
  const ask = async message => {
    const { active } = await workers.ready;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve, reject) => {
      port1.onmessage = ({ data }) => "failed" in data ? reject(new Error(data.failed)) : resolve(data.value);
      active.postMessage(message, [port2]);
    });
  };
  const start = async () => {
    const known = Boolean(workers.controller);
    try {
      await register().catch(reason => {
        if (!known) throw reason; // without a network the one there goes on
      });
      // A worker that took over while the page came did not see it either.
      const seen = performance.getEntriesByType("navigation")[0]?.workerStart > 0;
      if (!seen) await ask({ ask: "read", address: location.href });
      await Promise.all(all(".keep").map(offer));
      await Promise.all(all(".kept-laws").map(list));
    } catch {} // a browser that refuses to store anything: the site works all the same
  };
  const saving = navigator.connection?.saveData && !workers.controller;
  if (!saving) {
    if (document.readyState === "complete") start();
    else addEventListener("load", () => setTimeout(start), { once: true });
  }

  /* --- keep a law: a button that says what it does and what came of it --- */

  const offer = async place => {
    const button = one("button", place), said = one("[role=status]", place);
    const { law, kept, failed, working } = place.dataset, keep = button.textContent;
    const { titleZh, titleEn } = JSON.parse(document.getElementById("words").textContent);
    const titles = { zh: titleZh, [place.dataset.pair]: titleEn };
    let has = law in await ask({ ask: "saved" });
    const show = () => {
      place.classList.toggle("has", has);
      button.textContent = has ? kept : keep;
    };
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      said.textContent = working;
      try {
        await ask(has ? { ask: "drop", law } : { ask: "keep", law, titles });
        has = law in await ask({ ask: "saved" });
        said.textContent = "";
      } catch {
        said.textContent = failed;
      }
      button.removeAttribute("aria-busy");
      show();
    });
    show();
    place.classList.add("ready");
  };

  /* --- the page about this: what is kept here, and which page is missing --- */

  const list = async place => {
    const laws = Object.entries(await ask({ ask: "saved" }));
    const line = ([law, titles]) => {
      const title = titles[place.dataset.language] || titles.zh;
      const item = document.createElement("li"), link = document.createElement("a"), button = document.createElement("button");
      link.href = new URL(`${place.dataset.language}/${law}/`, root).pathname;
      link.textContent = title;
      if (title === titles.zh) link.lang = "zh-Hans-CN";
      button.type = "button";
      button.textContent = place.dataset.drop;
      button.setAttribute("aria-label", place.dataset.dropThis.replace("{law}", title));
      button.addEventListener("click", async () => {
        await ask({ ask: "drop", law });
        await list(place);
        place.focus();
      });
      item.append(link, " ", button);
      return item;
    };
    one("ul", place).replaceChildren(...laws.map(line));
    one("p", place).hidden = laws.length > 0;
  };
  const missing = one(".not-kept");
  const page = new URLSearchParams(location.search).get("page");
  if (missing && page) {
    one("code", missing).textContent = `/${page}`;
    const again = one("a", missing);
    again.href = new URL(page, root).origin === root.origin ? new URL(page, root).href : root.href;
    missing.hidden = false;
  }
})();
