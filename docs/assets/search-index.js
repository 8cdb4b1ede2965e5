/* Search, the index: finds the provisions that answer a query, on a small site and on a large one. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const KEYS = 6; // looked up at a time for one long phrase
  const FEW = 4; // parts of texts that are read rather than the places of a phrase
  const SAMPLES = 120; // keys looked up for a passage
  const NEAREST = 8; // laws that a passage is compared with
  const FORMS = 16; // of a word, looked up one by one
  const PREFIX = 4; // letters of the longest prefix that is a key

  const lawOf = ([id, titles, effective, gaps, repealed]) => {
    const known = new Map(), headings = new Map();
    return {
      id, titles, effective, gaps, repealed, provision: n => known.get(n), heading: n => known.get(n)?.units[0] ?? headings.get(n),
      provisions: () => known.values(),
      take(first, above, rows, column) {
        for (const [n, [zh, others]] of Object.entries(above)) headings.set(Number(n), { zh, other: (others || [])[column] ?? "" });
        rows.forEach(([slug, eid, citeZh, citeOther, path, units], n) => {
          const made = { n: first + n, slug, eid, citeZh, citeOther: S.inColumn(citeOther, column), path };
          made.units = units.map(unit => S.unit(unit, column, made));
          known.set(first + n, made);
        });
      },
    };
  };

  /* The terms with what the glossary has in the page's pair; the rest is English. */
  const termsOf = (rows, column) => rows.map(([zh, en, pinyin, definitionZh, definitionEn, forms, wider, slug, others]) => {
    const [name, ownForms, definition] = others?.[column] ?? [];
    return [zh, name ?? en, pinyin, definitionZh, definition || definitionEn, ownForms ?? forms, wider, slug, !!name, !!definition];
  });

  const folded = new WeakMap(); // titles of a law as they are looked through, letter after letter typed
  const titleOf = (row, column) => {
    if (!folded.has(row)) {
      const [, [zh, ...others], own] = row;
      folded.set(row, { units: [S.unit(["title", zh, "", zh, others, 0, 0, own], column, {})] });
    }
    return folded.get(row);
  };

  /* The laws whose titles say all words, those that say least beside them first. */
  const titled = (laws, words, column) => {
    const query = S.parse(words, [], true);
    if (!query.clauses.length) return [];
    const size = ([, titles]) => (titles[column + 1] || titles[0]).length;
    return laws.map((row, n) => [row, n])
      .filter(([row]) => S.match(titleOf(row, column), query, null))
      .sort((a, b) => size(a[0]) - size(b[0]) || a[1] - b[1]).map(([, n]) => n);
  };

  /* Of each law the first that it has of the identifiers a citation may mean in it, by the names
     that it has for the levels: [law, provision, identifier].  `placed` gives an identifier's places. */
  const cited = async ({ eids, taiwan }, head, placed) => {
    const others = new Set(taiwan && head.taiwan), out = new Map();
    const ways = [[eids, false], ...others.size ? [[taiwan, true]] : []];
    const own = ways.flatMap(([some, way]) => some.map(eid => [eid, way]));
    for (const [n, places] of (await Promise.all(own.map(([eid]) => placed(eid)))).entries())
      for (const [law, at] of places) if (others.has(law) === own[n][1] && !out.has(law)) out.set(law, [law, at, own[n][0]]);
    return [...out.values()].sort((a, b) => a[0] - b[0]);
  };

  /* --- a small site: all texts are here --- */

  const small = (head, column) => {
    const laws = head.laws.map(row => {
      const law = lawOf(row);
      law.take(0, {}, row.at(-1), column);
      return law;
    });
    const rows = head.laws.map(([id, titles, , , , provisions]) => [id, titles, provisions[0]?.[5][0]?.[7]]);
    const terms = termsOf(head.terms, column);
    head.words.forEach((table, n) => n === column && S.addWords(table));
    return {
      small: true, perLaw: 20, portion: 60, lawsAtOnce: 60, citedAtOnce: 10,
      terms: async () => terms,
      words: async () => {},
      lawNamed: async id => laws.findIndex(law => law.id === id),
      law: async n => laws[n],
      whole: async n => laws[n],
      near: async () => laws.map((_, n) => n),
      titles: async () => rows,
      doubted: async text => [...text].map(() => 0), // all is tried
      titled: async words => titled(rows, words, column),
      cited: async citation => cited(citation, head, eid =>
        laws.flatMap((law, n) => [...law.provisions()].filter(p => p.eid === eid || p.units.some(u => u.eid === eid)).map(p => [n, p.n]))),
      async find(query, side) {
        const out = [];
        for (const [n, law] of laws.entries()) {
          const found = [];
          for (const provision of law.provisions()) {
            if (S.match(provision, query, side)) found.push(provision.n);
            await S.breath();
          }
          if (found.length) out.push({ n, found, count: found.length, weight: -n });
        }
        return out;
      },
    };
  };

  /* --- a large site: rows of documents and places --- */

  /* As `search/postings.py` has it: FNV-1a over symbols, these over code points; then mixed. */
  const step = (value, more) => Math.imul(value ^ more, 0x01000193) >>> 0;
  const hash = symbols => {
    let value = 0x811c9dc5;
    for (const symbol of symbols) value = step(value, [...symbol].reduce((sum, c) => step(sum, c.codePointAt(0)), 0x811c9dc5));
    value = Math.imul(value ^ value >>> 15, 0x2c1b3c6d) >>> 0;
    return (value ^ value >>> 12) >>> 0;
  };

  const large = (head, column) => {
    const starts = [0], parts = [0]; // documents and parts of texts before each law
    for (const size of head.starts) {
      starts.push(starts.at(-1) + size);
      parts.push(parts.at(-1) + Math.max(1, Math.ceil(size / head.together)));
    }
    const words = `w${String.fromCharCode(97 + column)}`, prefixes = `v${words[1]}`;
    const common = new Map(Object.entries(head.alphabets).map(([name, [, keys]]) => [name, new Set(keys ? keys.split("\n") : [])]));
    const between = alphabet => alphabet[0] === "s" || alphabet[0] === "w" ? " " : "";
    const lawAt = document => {
      let low = 0, high = starts.length - 2;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= document) low = middle; else high = middle - 1;
      }
      return low;
    };
    const partAt = document => {
      const n = lawAt(document);
      return parts[n] + Math.floor((document - starts[n]) / head.together);
    };

    const nothing = new Uint8Array(), nowhere = new Uint32Array();
    /* Whether the Latin letters of a query may stand in the Chinese. */
    const written = text => (text.match(/[a-z]+/g) ?? []).every(run => head.letters.some(known => known.includes(run)));
    const row = async (kind, alphabet, symbols) => {
      const counts = head.alphabets[alphabet]?.[0][symbols.length - 1];
      const count = counts?.[kind === "d" ? 0 : 1];
      if (!count) return nothing;
      const part = Math.floor(hash(symbols) / 2 ** 32 * count);
      return S.row(`${kind}/${alphabet}${symbols.length}-${part}`, symbols.join(between(alphabet)));
    };
    /* Documents of a key, and its places in some of them: in the same row, or apart. */
    const found = async (alphabet, symbols) => {
      const bytes = await row("d", alphabet, symbols);
      let at = 0, size = 0;
      for (let shift = 0; at < bytes.length; shift += 7) {
        size += (bytes[at] & 127) * 2 ** shift;
        if (bytes[at++] < 128) break;
      }
      const all = S.ascending(bytes.subarray(at, at + size)), own = bytes.subarray(at + size);
      return {
        documents: all, near: !all.length || own.length > 0,
        places: async wanted => S.placed(own.length ? own : await row("p", alphabet, symbols), all, wanted),
      };
    };
    const documents = async (alphabet, symbols) => (await found(alphabet, symbols)).documents;

    const law = async (n, wanted = [0]) => {
      const needed = [...new Set(wanted.map(at => parts[n] + Math.floor(at / head.together)))];
      const contents = await Promise.all(needed.map(part => S.load(`l/${part}`)));
      const made = lawOf(contents[0]);
      for (const [, , , , , first, above, rows] of contents) made.take(first, above, rows, column);
      return made;
    };

    const read = async (list, alternative) => {
      const of = new Map();
      for (const document of list) {
        const n = lawAt(document);
        of.set(n, [...of.get(n) ?? [], document]);
      }
      const laws = await Promise.all([...of].map(([n, own]) => law(n, own.map(document => document - starts[n]))));
      const out = [];
      for (const [k, [n, own]] of [...of].entries())
        for (const document of own) {
          if (laws[k].provision(document - starts[n]).units.some(unit => S.places(unit, alternative).length)) out.push(document);
          await S.breath();
        }
      return Uint32Array.from(out);
    };
    const few = list => list.length <= 64 && new Set([...list].map(partAt)).size <= FEW;

    /* Keys that cover all symbols, and have places; or one that is all of them. */
    const covering = (alphabet, symbols) => {
      const known = common.get(alphabet), size = symbols.length, out = [];
      for (let at = 0; at < size;) {
        let from = at, to = at + 1;
        while (known.has(symbols.slice(from, to).join(between(alphabet))))
          if (to < size) to++;
          else if (from > 0) from--;
          else break;
        out.push({ from, symbols: symbols.slice(from, to) });
        at = to;
      }
      return out;
    };

    /* Of documents those in which all steps stand at their distances, with where they begin. */
    const aligned = async (steps, some, begins) => {
      const maps = await Promise.all(steps.map(one => one.places(some)));
      for (const [n, { from }] of steps.entries()) {
        const next = new Map();
        for (const document of some) {
          const here = maps[n].flatMap(map => [...map.get(document) ?? []]).map(place => place - from);
          const both = begins ? here.filter(place => begins.get(document)?.has(place)) : here;
          if (both.length) next.set(document, new Set(both));
          if (document % 512 === 0) await S.breath();
        }
        begins = next;
      }
      return begins;
    };

    /* Documents in which all steps stand at their distances: `open(n)` opens the n-th portion
       of `portions`.  Few texts are read instead, where that needs no more than the places. */
    const joined = async (portions, open, alternative) => {
      let some = null, begins = null;
      for (let n = 0; n < portions; n++) {
        const steps = (await open(n)).sort((a, b) => a.documents.length - b.documents.length);
        some = [...some ? [some] : [], ...steps.map(one => one.documents)].reduce(S.both);
        if (!some.length || (portions === 1 && steps.length === 1)) return some;
        if (few(some) && (n + 1 < portions || !steps.every(one => one.near))) return read(some, alternative);
        begins = await aligned(steps, some, begins);
        some = some.filter(document => begins.has(document));
      }
      return some;
    };

    /* Keys in portions, of a long phrase first some of all over. */
    const portioned = keys => {
      const size = Math.ceil(keys.length / KEYS);
      return Array.from({ length: size }, (_, n) => keys.filter((_, k) => k % size === n));
    };
    const phrase = (alphabet, symbols, alternative) => {
      const portions = portioned(covering(alphabet, symbols));
      return joined(portions.length, n => Promise.all(portions[n].map(async ({ from, symbols: key }) => {
        const one = await found(alphabet, key);
        return { ...one, from, places: async wanted => [await one.places(wanted)] };
      })), alternative);
    };

    /* One word in any of its forms; where these are many, the prefix that most have. */
    const anyOf = async (set, prefix) => {
      let forms = [...set], lists = [];
      if (prefix && forms.length > FORMS && [...prefix].length <= PREFIX) {
        lists = [documents(prefixes, [prefix])];
        forms = forms.filter(form => !form.startsWith(prefix));
      }
      return S.either(await Promise.all([...lists, ...forms.map(form => documents(words, [form]))]));
    };

    const ofWords = async alternative => {
      const { sets } = alternative;
      if (sets.length === 1) return anyOf(sets[0], alternative.words[0].prefix && alternative.words[0].word);
      if (sets.every(set => set.size === 1)) return phrase(words, sets.map(([form]) => form), alternative);
      return joined(1, () => Promise.all(sets.map(async (set, from) => {
        const each = await Promise.all([...set].map(form => found(words, [form])));
        return {
          from, documents: S.either(each.map(one => one.documents)), near: each.every(one => one.near),
          places: wanted => Promise.all(each.map(one => one.places(wanted))),
        };
      })), alternative);
    };

    const answered = async alternative => {
      if (alternative.zh !== undefined) return written(alternative.zh) ? phrase("z", [...alternative.zh], alternative) : nowhere;
      if (alternative.run !== undefined) return phrase(`r${words[1]}`, [...alternative.run], alternative);
      if (alternative.syllables) return phrase("s", alternative.syllables, alternative);
      if (alternative.initials) return phrase("i", [...alternative.initials], alternative);
      return ofWords(alternative);
    };
    const clause = async ({ alternatives }, side) =>
      S.either(await Promise.all(alternatives.filter(one => S.serves(one, side)).map(one => one.all ? every(one.all, side) : answered(one))));
    const every = async (clauses, side) => (await Promise.all(clauses.map(one => clause(one, side)))).reduce(S.both);

    /* Of each character of a phrase, how many provisions have the key that covers it, of those
       keys that were looked up first. */
    const doubted = async text => {
      const symbols = [...text], out = symbols.map(() => starts.at(-1)), keys = covering("z", symbols);
      await Promise.all(portioned(keys)[0].map(async ({ from, symbols: key }) => {
        const { length } = await documents("z", key);
        out.fill(length, from, from + key.length);
      }));
      return out;
    };

    const failed = forget => reason => { // the next query asks again
      forget();
      throw reason;
    };
    const tables = new Map();
    let terms = null, titles = null;
    return {
      small: false, perLaw: 3, portion: 12, lawsAtOnce: 5, citedAtOnce: 3,
      terms: async () => terms ??= termsOf(await S.load("terms"), column),
      async words(needed) {
        await Promise.all(needed.map(letter => {
          const name = `${head.languages[column]}-${letter.codePointAt(0).toString(16)}`;
          if (!tables.has(name) && head.tables.includes(name)) tables.set(name, S.load(`w/${name}`).then(S.addWords, failed(() => tables.delete(name))));
          return tables.get(name);
        }));
      },
      async lawNamed(id) {
        const [document] = await documents("n", [id]);
        return document === undefined ? -1 : lawAt(document);
      },
      law,
      whole: n => law(n, Array.from({ length: Math.ceil((starts[n + 1] - starts[n]) / head.together) || 1 }, (_, k) => k * head.together)),
      /* The laws that a passage may be from: those of the provisions that share most with
         each stretch of it, in the order of the site. */
      async near(text, chinese) {
        const spaced = !chinese && !S.unspaced, alphabet = chinese ? "z" : S.unspaced ? `r${words[1]}` : words;
        const all = spaced ? S.wordsOf(text).map(t => t.word) : [...S.folded(text, !chinese).joined];
        const size = spaced ? 30 : 60, stretches = Math.ceil(all.length / size);
        const most = Math.max(3, Math.min(12, Math.floor(SAMPLES / stretches)));
        const votes = new Map();
        for (let n = 0; n < stretches; n++) {
          const part = all.slice(n * size, (n + 1) * size + 1);
          const keys = spaced ? part.filter(word => word.length > 4).map(word => [word]) : covering(alphabet, part).map(key => key.symbols);
          const every = Math.max(1, Math.ceil(keys.length / most)), seen = new Map();
          for (const list of await Promise.all(keys.filter((_, i) => i % every === 0).map(key => documents(alphabet, key)))) {
            const weight = Math.log2(1 + starts.at(-1) / (1 + list.length));
            for (const document of list) seen.set(document, (seen.get(document) ?? 0) + weight);
          }
          for (const [document, weight] of [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3))
            votes.set(lawAt(document), (votes.get(lawAt(document)) ?? 0) + weight);
          await S.breath();
        }
        return [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, NEAREST).map(([n]) => n).sort((a, b) => a - b);
      },
      doubted,
      cited: citation => cited(citation, head, async eid =>
        [...await documents("n", [eid])].map(document => [lawAt(document), document - starts[lawAt(document)]])),
      async titles() {
        titles ??= Promise.all(Array.from({ length: Math.ceil(head.starts.length / head.titles) }, (_, n) => S.load(`t/${n}`)))
          .then(parts => parts.flat(), failed(() => titles = null));
        return titles;
      },
      async titled(asked) {
        const [rows] = await Promise.all([this.titles(), this.words(S.wordsNeeded(asked, []))]);
        return titled(rows, asked, column);
      },
      async find(query, side) {
        const groups = [];
        let n = 0, group = null;
        for (const document of await every(query.clauses, side)) { // in order, as the laws are
          while (starts[n + 1] <= document) { n++; group = null; }
          if (!group) groups.push(group = { n, found: [], count: 0, weight: 1 });
          group.found.push(document - starts[n]);
          group.weight = ++group.count / (starts[n + 1] - starts[n] + 10);
        }
        return groups;
      },
    };
  };

  S.open = async column => {
    const head = await S.load("index");
    S.setUp(head);
    S.unspaced = !!head.unspaced?.[column];
    S.lookalikes = head.lookalikes.map(group => [...group]);
    return head.laws ? small(head, column) : large(head, column);
  };
})();
