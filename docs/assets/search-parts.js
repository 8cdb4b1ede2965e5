/* Search, the parts of the index: loads them as scripts, and reads the numbers they hold. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const FORMAT = 13; // of the files, as `search/collection.py` has it: a build refuses another
  const KEPT = 96; // parts kept in memory beside the texts shown

  /* Lets the page answer the keyboard in between, where work takes long. */
  let since = 0;
  S.breath = async () => {
    const now = performance.now();
    if (now - since < 24) return;
    if (now - since < 200) await new Promise(done => setTimeout(done));
    since = performance.now();
  };

  /* --- parts --- */

  S.moved = 0; // parts loaded so far
  const waiting = new Map();
  const kept = new Map();
  let build = null, numbering = null, alphabets = {};
  S.folder = "";

  /* A part whose numbers mean something else than the index says is not read: the site was
     renewed meanwhile.  Rows are numbered alphabet by alphabet. */
  const settled = (name, of, content) => {
    if (name === "index") {
      if (content.format !== FORMAT) throw new Error("stale");
      numbering = of;
      ({ build, alphabets = {} } = content);
    }
    const [, rows] = /^[dp]\/([a-z]+)/.exec(name) ?? [];
    if (of !== (rows ? alphabets[rows]?.[2] : numbering)) throw new Error("stale");
    return content;
  };

  /* `duizhaoSearch.part("numbering","name",content);` read as JSON: nothing is run. */
  const asText = async name => {
    const answer = await fetch(`${S.folder}${name}.js?${build ?? S.version}`).catch(() => null);
    if (!answer?.ok) throw new Error("missing");
    const text = await answer.text();
    if (!text.startsWith("duizhaoSearch.part(")) throw new Error("broken");
    const [of, , content] = JSON.parse(`[${text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"))}]`);
    return settled(name, of, content);
  };

  /* Pages of `file://` may not fetch; they may load scripts, of this folder only. */
  let policy = null;
  const partAddress = name => {
    policy ??= globalThis.trustedTypes?.createPolicy("duizhao-search", {
      createScriptURL: part => {
        if (!/^(index|terms|[lt]\/\d+|[dp]\/[a-z]+\d+-\d+|w\/[a-z]+-[0-9a-f]+)$/.test(part)) throw new TypeError(part);
        return `${S.folder}${part}.js`;
      },
    });
    return policy ? policy.createScriptURL(name) : `${S.folder}${name}.js`;
  };
  const asScript = name => new Promise((resolve, reject) => {
    waiting.set(name, { resolve, reject });
    const script = document.createElement("script");
    script.src = partAddress(name);
    script.onload = script.onerror = () => {
      script.remove();
      if (waiting.delete(name)) reject(new Error("missing"));
    };
    document.head.append(script);
  });
  S.part = (of, name, content) => {
    const wait = waiting.get(name);
    if (!wait) return;
    waiting.delete(name);
    try {
      wait.resolve(settled(name, of, content));
    } catch (reason) {
      wait.reject(reason);
    }
  };

  S.load = name => {
    if (kept.has(name)) {
      const known = kept.get(name); // the part last used is dropped last
      kept.delete(name);
      kept.set(name, known);
      return known;
    }
    S.moved++;
    const promise = location.protocol === "file:" ? asScript(name) : asText(name);
    kept.set(name, promise);
    promise.catch(() => kept.delete(name));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return promise;
  };

  const inflated = async text => {
    const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const { writable, readable } = new DecompressionStream("deflate-raw");
    const writer = writable.getWriter();
    writer.write(bytes).catch(() => {}); // the reader is told the same
    writer.close().catch(() => {});
    return new Uint8Array(await new Response(readable).arrayBuffer());
  };

  /* The bytes of one key in a part; none where it does not occur. */
  const unpacked = new WeakMap();
  S.row = async (name, key) => {
    const part = await S.load(name);
    if (!unpacked.has(part)) {
      const [keys, sizes, data] = part;
      unpacked.set(part, { keys: keys.split("\n"), sizes, bytes: inflated(data) });
    }
    const { keys, sizes, bytes } = unpacked.get(part);
    const at = keys.indexOf(key);
    if (at < 0) return new Uint8Array();
    let from = 0;
    for (let i = 0; i < at; i++) from += sizes[i];
    return (await bytes).subarray(from, from + sizes[at]);
  };

  /* Gaps to ascending numbers, the first from -1. */
  S.ascending = bytes => {
    const out = new Uint32Array(bytes.length);
    let size = 0, value = 0, shift = 0, at = -1;
    for (const byte of bytes) {
      value += (byte & 127) * 2 ** shift;
      if (byte & 128) shift += 7;
      else {
        out[size++] = at += value;
        value = shift = 0;
      }
    }
    return out.subarray(0, size);
  };

  /* The places in the documents `wanted`, of those of `all` documents; a 0 ends each. */
  S.placed = async (bytes, all, wanted) => {
    const out = new Map();
    let i = 0, w = 0;
    for (const document of all) {
      while (w < wanted.length && wanted[w] < document) w++;
      if (w === wanted.length) break;
      const end = bytes.indexOf(0, i);
      if (wanted[w] === document) out.set(document, S.ascending(bytes.subarray(i, end)));
      i = end + 1;
      if (document % 2048 === 0) await S.breath();
    }
    return out;
  };

  S.both = (a, b) => {
    const out = new Uint32Array(Math.min(a.length, b.length));
    let size = 0;
    for (let i = 0, j = 0; i < a.length && j < b.length;)
      if (a[i] === b[j]) { out[size++] = a[i++]; j++; } else if (a[i] < b[j]) i++; else j++;
    return out.subarray(0, size);
  };

  S.either = lists => {
    const some = lists.filter(list => list.length);
    if (some.length < 2) return some[0] ?? new Uint32Array();
    const held = new Uint8Array(Math.max(...some.map(list => list.at(-1))) + 1);
    for (const list of some) for (const document of list) held[document] = 1;
    const out = new Uint32Array(some.reduce((sum, list) => sum + list.length, 0));
    let size = 0;
    for (let at = held.indexOf(1); at >= 0; at = held.indexOf(1, at + 1)) out[size++] = at;
    return out.subarray(0, size);
  };
})();
