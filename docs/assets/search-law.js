/* Search, the law narrowed down to: a field with a list of those that have results, by their names. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};
  const LISTED = 40; // laws offered at once

  /* `latest` gives what the last query found in all laws, {on, groups}; `changed` is called when a
     person chose a law or all, `failed` when the laws cannot be listed; `title` and `named` make of
     a law its name, as text and as an element.  Gives `law`, which is chosen ({id, titles}, or null
     for all), and `narrow`, which chooses one. */
  S.lawField = (field, list, words, { title, named, number, latest, changed, failed }) => {
    const made = {
      law: null,
      narrow(law) {
        made.law = law;
        field.value = law ? title(law) : "";
      },
    };
    const choose = law => {
      made.narrow(law);
      changed();
    };
    let asked = 0;
    const offer = async () => {
      const mine = ++asked, { on, groups } = latest();
      const name = S.cleaned(field.value);
      try {
        const rows = await on.titles();
        const counts = new Map(groups.map(group => [group.n, group.count]));
        const any = !name || (made.law && field.value === title(made.law));
        const some = any
          ? [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b)
          : (await on.titled(name)).filter(n => counts.has(n));
        if (mine !== asked || document.activeElement !== field) return;
        const total = groups.reduce((sum, group) => sum + group.count, 0);
        const line = (content, count, law) => ({ content: [content, " ", S.element("span", { class: "count" }, `(${number(count)})`)], run: () => choose(law) });
        const left = some.length - LISTED;
        options.offer(
          [...made.law && any ? [line(words.allLaws, total, null)] : [], ...some.slice(0, LISTED).map(n => {
            const law = { id: rows[n][0], titles: rows[n][1] };
            return line(named(law), counts.get(n), law);
          })],
          !some.length ? words.noLaw : left > 0 ? S.fill(words.moreLaws, { n: number(left) }) : "");
      } catch {
        failed();
      }
    };
    const options = S.combobox(field, list, { summon: offer, escape: () => choose(null) });
    field.addEventListener("focus", () => {
      field.select();
      offer();
    });
    field.addEventListener("click", () => list.hidden && offer());
    field.addEventListener("input", event => event.isComposing || offer());
    field.addEventListener("compositionend", offer);
    field.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
      if (field.value.trim()) options.first();
      else if (made.law) choose(null);
    });
    field.addEventListener("blur", () => made.narrow(made.law));
    return made;
  };
})();
