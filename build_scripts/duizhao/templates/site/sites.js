/* Where a law lies, of a site that is divided among several addresses.

   SITES stands above this text; the division writes it: the addresses, the root first, the
   languages, and the names below a language that are no law's. */
(() => {
  "use strict";
  const { addresses, languages, own } = SITES;
  const here = new URL("../", document.currentScript.src);

  /* As `split/rule.py` has it: each part bids for a key, the highest bid has it. */
  const bid = (number, key) => {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(`${number} ${key}`)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    value = Math.imul(value ^ value >>> 16, 0x85ebca6b) >>> 0;
    value = Math.imul(value ^ value >>> 13, 0xc2b2ae35) >>> 0;
    return (value ^ value >>> 16) >>> 0;
  };
  const of = key => {
    let best = 1;
    for (let number = 2; number < addresses.length; number++) if (bid(number, key) > bid(best, key)) best = number;
    return addresses[best];
  };
  globalThis.duizhaoSites = { home: (language, law) => `${of(law)}${language}/${law}/` };

  /* The page of missing addresses: what is not here may lie elsewhere, by the same rule.
     Prints and books name the root, and a law may have moved to a new part. */
  if (document.currentScript.dataset.missing === undefined || !location.pathname.startsWith(here.pathname)) return;
  const path = location.pathname.slice(here.pathname.length);
  const [first, second, third] = path.split("/").map(step => {
    try { return decodeURIComponent(step); } catch { return step; }
  });
  const key = languages.includes(first) ? second === "source" ? third : !own.includes(second) && second
    : ["data", "pdf"].includes(first) && third !== undefined && second;
  const there = key ? of(key) : addresses[0];
  if (there === here.href) return;
  // An address that its host leads to another would lead back here: not again at once.
  try {
    const [time, before] = JSON.parse(sessionStorage.getItem("duizhao.led") ?? "[0, null]");
    if (before === path && Date.now() - time < 5000) return;
    sessionStorage.setItem("duizhao.led", JSON.stringify([Date.now(), path]));
  } catch {} // nothing may be kept here: lead on all the same
  location.replace(`${there}${path}${location.search}${location.hash}`);
})();
