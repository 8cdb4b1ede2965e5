/* Search, the index: loads its parts as scripts, and finds the provisions that answer a query. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const KEPT = 96; // parts kept in memory beside the texts shown
  const KEYS = 12; // pairs looked up for one long phrase
  const FEW = 4; // laws whose texts are read rather than the places of a phrase

  /* Lets the page answer the keyboard in between, where work takes long. */
  let since = 0;
  S.breath = async () => {
    const now = performance.now();
    if (now - since < 24) return;
    if (now - since < 200) await new Promise(done => setTimeout(done));
    since = performance.now();
  };

  /* --- parts --- */

  const waiting = new Map();
  const kept = new Map();
  let build = null;
  S.folder = "";
  S.version = ""; // of the first part: the page names the one that belongs to it

  const settled = (name, of, content) => {
    if (name === "index") build = of;
    if (of !== build) throw new Error("stale");
    return content;
  };

  /* `duizhaoSearch.part("build","name",content);` read as JSON: nothing is run. */
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
        if (!/^(index|terms|[dlp]\/\d+|w\/[a-z]+-[0-9a-f]+)$/.test(part)) throw new TypeError(part);
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

  const load = name => {
    if (kept.has(name)) {
      const known = kept.get(name); // the part last used is dropped last
      kept.delete(name);
      kept.set(name, known);
      return known;
    }
    const promise = location.protocol === "file:" ? asScript(name) : asText(name);
    kept.set(name, promise);
    promise.catch(() => kept.delete(name));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return promise;
  };

  const inflated = async text => {
    const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  const numbers = bytes => {
    const out = [];
    let value = 0, shift = 0;
    for (const byte of bytes) {
      value += (byte & 127) * 2 ** shift;
      if (byte & 128) shift += 7;
      else {
        out.push(value);
        value = shift = 0;
      }
    }
    return out;
  };

  /* --- laws as they are shown --- */

  const lawOf = ([id, titles, effective, gaps, rows], column) => {
    const provisions = rows.map(([slug, eid, citeZh, citeOther, path, units], n) => {
      const made = { n, slug, eid, citeZh, citeOther: S.inColumn(citeOther, column), path };
      made.units = units.map(unit => S.unit(unit, column, made));
      return made;
    });
    return { id, titles, effective, gaps, provisions };
  };

  /* The terms with what the glossary has in the page's pair; the rest is English. */
  const termsOf = (rows, column) => rows.map(([zh, en, pinyin, definitionZh, definitionEn, forms, wider, slug, others]) => {
    const [name, ownForms, definition] = others?.[column] ?? [];
    return [zh, name ?? en, pinyin, definitionZh, definition || definitionEn, ownForms ?? forms, wider, slug, !!name, !!definition];
  });

  /* --- a small site: all texts are here --- */

  const small = (head, column) => {
    const laws = head.laws.map(law => lawOf(law, column));
    const terms = termsOf(head.terms, column);
    head.words.forEach((table, n) => n === column && S.addWords(table));
    return {
      small: true, perLaw: 20, portion: 60, lawsAtOnce: 60,
      terms: async () => terms,
      words: async () => {},
      lawNamed: async id => laws.findIndex(law => law.id === id),
      law: async n => laws[n],
      withArticle: async eid => laws.map((_, n) => n).filter(n => laws[n].provisions.some(p => p.eid === eid)),
      async find(query, side, only = null) {
        const out = [];
        for (const [n, law] of laws.entries()) {
          if (only !== null && only !== n) continue;
          const found = [];
          for (const provision of law.provisions) {
            if (S.match(provision, query, side)) found.push(provision.n);
            await S.breath();
          }
          if (found.length) out.push({ n, found, count: found.length, weight: -n });
        }
        return out;
      },
      async titled(words) {
        const query = S.parse(words, [], true);
        return query.clauses.length
          ? laws.map((law, n) => [law, n]).filter(([law]) => S.match(law.provisions[0], query, null)).map(([, n]) => n)
          : [];
      },
    };
  };

  /* --- a large site: postings --- */

  const hash = (key, count) => {
    let value = 0x811c9dc5;
    for (let i = 0; i < key.length; i++) value = Math.imul(value ^ key.charCodeAt(i), 0x01000193) >>> 0;
    return value % count;
  };
  const and = (a, b) => {
    const out = [];
    for (let i = 0, j = 0; i < a.length && j < b.length;)
      if (a[i] === b[j]) { out.push(a[i]); i++; j++; } else if (a[i] < b[j]) i++; else j++;
    return out;
  };
  const or = lists => {
    if (lists.length === 1) return lists[0];
    return [...new Set(lists.flat())].sort((a, b) => a - b);
  };

  const large = async (head, column) => {
    const starts = [0];
    for (const size of numbers(await inflated(head.starts))) starts.push(starts.at(-1) + size);
    const language = head.languages[column];
    const lawAt = document => {
      let low = 0, high = starts.length - 2;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= document) low = middle; else high = middle - 1;
      }
      return low;
    };
    const row = async (kind, key) => {
      const [keys, sizes, data] = await load(`${kind}/${hash(key, head.parts)}`);
      const list = keys.split("\n");
      const at = list.indexOf(key);
      if (at < 0) return new Uint8Array();
      let from = 0;
      for (let i = 0; i < at; i++) from += sizes[i];
      return (await inflated(data)).subarray(from, from + sizes[at]);
    };
    const documents = async key => {
      let at = -1;
      return numbers(await row("d", key)).map(gap => at += gap);
    };
    /* The places of a key in the documents wanted, of all that it has. */
    const places = async (key, all, wanted) => {
      const out = new Map(), values = numbers(await row("p", key));
      const need = new Set(wanted);
      let i = 0;
      for (const document of all) {
        const list = [];
        let at = -1;
        while (values[i] !== 0) list.push(at += values[i++]);
        i++;
        if (need.has(document)) out.set(document, new Set(list));
      }
      return out;
    };
    const lawsOf = list => [...new Set(list.map(lawAt))];
    const law = async n => lawOf(await load(`l/${n}`), column);

    const scanned = async (list, alternative) => {
      const out = [];
      for (const n of lawsOf(list)) {
        const { provisions } = await law(n);
        for (const document of list)
          if (lawAt(document) === n && provisions[document - starts[n]].units.some(u => S.places(u, alternative).length)) out.push(document);
      }
      return out.sort((a, b) => a - b);
    };

    /* Provisions in which keys stand at their distances; a step is [[keys], distance]. */
    const chained = async (steps, alternative, whole) => {
      const lists = await Promise.all(steps.map(async ([keys]) => Promise.all(keys.map(async k => [k, await documents(k)]))));
      let found = null;
      for (const rows of lists) {
        const some = or(rows.map(([, list]) => list));
        found = found ? and(found, some) : some;
      }
      if (!found.length || (steps.length === 1 && whole)) return found;
      if (!whole || lawsOf(found).length <= FEW) return scanned(found, alternative);
      // The rarest keys first: often they leave so few laws that reading those is less to move.
      const order = lists.map((rows, n) => [rows.reduce((sum, [, all]) => sum + all.length, 0), n]).sort((a, b) => a[0] - b[0]);
      const placed = async ([, n]) => {
        const maps = await Promise.all(lists[n].map(([key, all]) => places(key, all, found)));
        return document => maps.flatMap(map => [...map.get(document) ?? []]).map(place => place - steps[n][1]);
      };
      let [first, ...rest] = order;
      const [one, two] = await Promise.all([placed(first), placed(rest.shift())]);
      let begins = new Map();
      const keep = (document, some, other) => {
        const known = new Set(other(document)), both = some.filter(place => known.has(place));
        return both.length ? [[document, both]] : [];
      };
      begins = new Map(found.flatMap(document => keep(document, one(document), two)));
      for (const next of rest) {
        found = [...begins.keys()];
        if (lawsOf(found).length <= FEW) return scanned(found, alternative);
        const more = await placed(next);
        begins = new Map(found.flatMap(document => keep(document, begins.get(document), more)));
      }
      return [...begins.keys()];
    };

    const covered = (list, key) => {
      const ends = [];
      for (let i = 0; i + 2 <= list.length; i += 2) ends.push(i);
      if (list.length % 2) ends.push(list.length - 2);
      const step = Math.max(1, Math.ceil(ends.length / KEYS));
      const some = ends.filter((_, n) => n % step === 0);
      return [some.map(i => [[key(list[i], list[i + 1])], i]), some.length === ends.length];
    };

    const answered = async alternative => {
      if (alternative.zh !== undefined) {
        const list = [...alternative.zh];
        if (list.length === 1) return documents(list[0]);
        return chained(...swap(covered(list, (a, b) => a + b), alternative));
      }
      if (alternative.run !== undefined) {
        const list = [...alternative.run];
        if (list.length === 1) return documents(`${language}:${list[0]}`);
        return chained(...swap(covered(list, (a, b) => `${language}:${a}${b}`), alternative));
      }
      if (alternative.syllables) {
        const list = alternative.syllables;
        if (list.length === 1) return documents(`0:${list[0]}`);
        return chained(...swap(covered(list, (a, b) => `2${a} ${b}`), alternative));
      }
      if (alternative.initials) return chained(...swap(covered([...alternative.initials], (a, b) => `3${a}${b}`), alternative));
      return chained(alternative.sets.map((set, n) => [[...set].map(w => `${language}:${w}`), n]), alternative, true);
    };
    const swap = ([steps, whole], alternative) => [steps, alternative, whole];

    const clause = async ({ alternatives }, side) => {
      const lists = [];
      for (const alternative of alternatives) {
        if (!S.serves(alternative, side)) continue;
        lists.push(alternative.all ? await every(alternative.all, side) : await answered(alternative));
      }
      return lists.length ? or(lists) : [];
    };
    const every = async (clauses, side) => {
      const lists = await Promise.all(clauses.map(one => clause(one, side)));
      return lists.reduce(and);
    };

    const letters = new Map();
    let terms = null;
    return {
      small: false, perLaw: 3, portion: 12, lawsAtOnce: 5,
      terms: async () => terms ??= termsOf(await load("terms"), column),
      async words(needed) {
        for (const letter of needed) {
          const name = `${language}-${letter.codePointAt(0).toString(16)}`;
          if (!letters.has(name) && head.letters.includes(name)) {
            letters.set(name, true);
            S.addWords(await load(`w/${name}`));
          }
        }
      },
      async lawNamed(id) {
        const [document] = await documents(`law:${id}`);
        return document === undefined ? -1 : lawAt(document);
      },
      law,
      withArticle: async eid => (await documents(`eid:${eid}`)).map(lawAt),
      async find(query, side, only = null) {
        const found = await every(query.clauses, side);
        const groups = [];
        let n = 0, group = null;
        for (const document of found) { // in order, as the laws are
          while (starts[n + 1] <= document) { n++; group = null; }
          if (only !== null && only !== n) continue;
          if (!group) groups.push(group = { n, found: [], count: 0, weight: 1 });
          group.found.push(document - starts[n]);
          group.weight = ++group.count / (starts[n + 1] - starts[n] + 10);
        }
        return groups;
      },
      async titled(words) {
        await this.words(S.wordsNeeded(words, []));
        const query = S.parse(words, [], true);
        if (!query.clauses.length) return [];
        const titles = new Set(starts);
        return (await every(query.clauses, null)).filter(d => titles.has(d)).map(lawAt);
      },
    };
  };

  S.open = async column => {
    const head = await load("index");
    S.setUp(head);
    S.unspaced = !!head.unspaced?.[column];
    S.lookalikes = head.lookalikes.map(group => [...group]);
    return head.laws ? small(head, column) : large(head, column);
  };
})();
