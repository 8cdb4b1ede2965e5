/* The service worker: the site goes on working without a network.

   BUILD, SHELL, LISTS, SHARDS and WITHOUT stand above this text; the build writes them.
   Everything kept is of this one build: a page is kept if its bytes have the digest that
   the build gave it, and an asset is asked for under its digest. A new build fills a cache
   of its own before it takes over; what has not changed is carried over, the rest goes. */
"use strict";
const BASE = new URL("./", self.location);
const OURS = `duizhao:${BASE.pathname}:`;
const KEPT = `${OURS}${BUILD}`; // the shell, and laws that the reader keeps
const VISITED = `${KEPT}:visited`; // pages read, the last ones
const MOST = 150; // pages in VISITED
const PATIENCE = 4000; // ms that a kept page waits for the network
const AT_ONCE = 6; // requests side by side
const SAVED = new URL("offline/saved", BASE).href; // a name, no address: the laws kept

/* --- paths below the site, digests --- */

const pathOf = url => decodeURI(url.pathname.slice(BASE.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
const addressOf = path => new URL(path.startsWith("assets/") && SHELL[path] ? `${path}?${SHELL[path].slice(0, 12)}` : path, BASE).href;

const digest = async bytes => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
  .map(byte => byte.toString(16).padStart(2, "0")).join("").slice(0, 32);

const fnv = text => {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
};

/* The list that a file stands in: of its law, or of what else its folder is. */
const listOf = path => {
  const parts = path.split("/");
  const group = parts.length > 2 ? parts[1] : "site";
  return SHARDS[group] ? `${group}~${fnv(path) % SHARDS[group]}` : group;
};

/* What stands in a list, of this build by its digest. */
const lists = new Map();
const read = async (name, hash) => {
  if (lists.has(name)) return lists.get(name);
  const address = new URL(`offline/${encodeURIComponent(name)}.json`, BASE).href;
  const store = await caches.open(KEPT);
  let answer = await store.match(address);
  if (!answer) {
    answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    if (await digest(await answer.clone().arrayBuffer()) !== hash) throw new Error(`${name} is of another build`);
    await store.put(address, answer.clone());
  }
  const said = await answer.json();
  lists.set(name, said);
  return said;
};

/* The files of a list with their digests; null where the site has no such list. */
const filesOf = async name => {
  const [root, count] = LISTS, part = `~${fnv(name) % count}`;
  const hash = (await read(part, (await read("~", root))[part]))[name];
  return hash ? read(name, hash) : null;
};
const wanted = async path => SHELL[path] ?? (await filesOf(listOf(path)))?.[path] ?? null;

/* --- keeping --- */

const found = async address => (await (await caches.open(KEPT)).match(address)) ?? (await caches.open(VISITED)).match(address);

const put = (store, address, bytes, type) => store.put(address, new Response(bytes, { headers: { "Content-Type": type } }));

/* Keep one file of this build; from what is kept already if that is the same. */
const take = async (store, path, hash, old) => {
  const address = addressOf(path);
  for (const name of [KEPT, VISITED, ...old]) {
    const answer = await (await caches.open(name)).match(address);
    if (!answer) continue;
    const bytes = await answer.arrayBuffer();
    if (await digest(bytes) === hash) return put(store, address, bytes, answer.headers.get("Content-Type"));
  }
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if (await digest(bytes) !== hash) throw new Error(`${path} is of another build`);
  await put(store, address, bytes, answer.headers.get("Content-Type"));
};
const takeAll = async (store, files, old) => {
  const rest = Object.entries(files);
  const worker = async () => {
    while (rest.length) {
      const [path, hash] = rest.shift();
      await take(store, path, hash, old);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

const saved = async cache => {
  const answer = await (await caches.open(cache)).match(SAVED);
  return answer ? answer.json() : {};
};
const note = async laws => (await caches.open(KEPT)).put(SAVED, new Response(JSON.stringify(laws)));

/* Keep every page of a law; where it is no longer on the site, none. */
const keepLaw = async (law, titles, old = []) => {
  const names = SHARDS[law] ? Array.from({ length: SHARDS[law] }, (_, n) => `${law}~${n}`) : [law];
  const store = await caches.open(KEPT);
  let count = 0;
  for (const name of names) {
    const files = await filesOf(name);
    if (!files) return count;
    await takeAll(store, files, old);
    count += Object.keys(files).length;
  }
  await note({ ...await saved(KEPT), [law]: titles });
  return count;
};
const dropLaw = async law => {
  const { [law]: _, ...rest } = await saved(KEPT);
  await note(rest);
  const store = await caches.open(KEPT);
  for (const request of await store.keys()) {
    const path = pathOf(new URL(request.url));
    if (!SHELL[path] && path.split("/").length > 2 && path.split("/")[1] === law) await store.delete(request);
  }
};

/* A page that was read is kept, and the one read longest ago goes. */
const visited = async (path, answer) => {
  const hash = await wanted(path).catch(() => null);
  const bytes = await answer.arrayBuffer();
  if (!hash || SHELL[path] || await digest(bytes) !== hash) return;
  const store = await caches.open(VISITED);
  await store.delete(addressOf(path));
  await put(store, addressOf(path), bytes, answer.headers.get("Content-Type"));
  const all = await store.keys();
  for (const request of all.slice(0, Math.max(0, all.length - MOST))) await store.delete(request);
};

/* --- a new build takes over --- */

const others = async () => (await caches.keys()).filter(name => name.startsWith(OURS) && name !== KEPT && name !== VISITED);

const install = async () => {
  const old = await others();
  await takeAll(await caches.open(KEPT), SHELL, old);
  for (const name of old) {
    if (name.endsWith(":visited")) continue;
    for (const [law, titles] of Object.entries(await saved(name))) await keepLaw(law, titles, old);
  }
  for (const name of old.filter(name => name.endsWith(":visited"))) {
    const from = await caches.open(name);
    for (const request of await from.keys()) {
      const answer = await from.match(request);
      if (answer) await visited(pathOf(new URL(request.url)), answer);
    }
  }
  await self.skipWaiting();
};
self.addEventListener("install", event => event.waitUntil(install()));

const activate = async () => {
  for (const name of await others()) await caches.delete(name);
  await self.clients.claim();
};
self.addEventListener("activate", event => event.waitUntil(activate()));

/* --- requests --- */

const later = time => new Promise(done => setTimeout(done, time));

/* A page: from the network; without one, as it was kept; else the page that says so. */
const page = async (event, path) => {
  const kept = await found(addressOf(path));
  const online = fetch(event.request, { cache: "no-cache" }); // the browser's own may be of an older build
  online.catch(() => {});
  try {
    const answer = await Promise.race(kept ? [online, later(PATIENCE).then(() => kept)] : [online]);
    if (answer !== kept && answer.ok && answer.headers.get("Content-Type")?.startsWith("text/html"))
      event.waitUntil(visited(path, answer.clone()).catch(() => {})); // a full disk takes no page
    return answer;
  } catch (reason) {
    if (kept) return kept;
    if (await found(addressOf(`${path}/`))) return Response.redirect(addressOf(`${path}/`));
    const without = WITHOUT[path.split("/")[0]] ?? Object.values(WITHOUT)[0];
    if (without && path !== without) return Response.redirect(`${addressOf(without)}?page=${encodeURIComponent(path)}`);
    throw reason;
  }
};

/* A script, a sheet, a part of the index: its address names its version. */
const asset = async (event, url) => {
  const kept = await found(url.href);
  if (kept && url.search) return kept;
  const path = pathOf(url), ofIndex = !SHELL[path] && path.startsWith("assets/search/");
  try {
    const answer = await fetch(event.request);
    if (answer.ok && ofIndex)
      event.waitUntil(part(url, path, answer.clone()).catch(() => {}));
    return answer;
  } catch (reason) {
    const same = kept ?? (ofIndex && await found(addressOf(path))); // as it was in an older build
    if (same) return same;
    throw reason;
  }
};
const part = async (url, path, answer) => {
  const bytes = await answer.arrayBuffer();
  if (await digest(bytes) === await wanted(path)) await put(await caches.open(VISITED), url.href, bytes, answer.headers.get("Content-Type"));
};

self.addEventListener("fetch", event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== BASE.origin || !url.pathname.startsWith(BASE.pathname)) return;
  const path = pathOf(url);
  if (path.startsWith("offline/") || path === "sw.js") return;
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (path.startsWith("assets/")) event.respondWith(asset(event, url));
});

/* --- what pages ask --- */

const asked = {
  keep: ({ law, titles }) => keepLaw(law, titles),
  drop: ({ law }) => dropLaw(law),
  saved: () => saved(KEPT),
  read: async ({ address }) => {
    const path = pathOf(new URL(address));
    if (await found(addressOf(path))) return;
    const answer = await fetch(addressOf(path));
    if (answer.ok) await visited(path, answer);
  },
};
self.addEventListener("message", event => {
  const work = asked[event.data?.ask];
  if (!work) return;
  event.waitUntil(work(event.data).then(
    value => event.ports[0]?.postMessage({ value }),
    reason => event.ports[0]?.postMessage({ failed: String(reason) }),
  ));
});
