/* What the pages of search and of the quote checker do alike: open the records, make elements. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch;

  S.fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  S.element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /* The address of a law's pages, to which a folder is added; of a divided site they may lie elsewhere. */
  S.home = ({ root, language }, law) => globalThis.duizhaoSites?.home(language, law.id) ?? `${root}${law.id}/`;

  /* The engine, opened when it is first asked for, and again after a failure.
     `data` is what the page says of the records. */
  S.engine = data => {
    S.folder = data.index;
    S.version = data.version;
    let engine = null;
    return () => engine ??= S.open(Number(data.column)).catch(reason => {
      engine = null;
      throw reason;
    });
  };
})();
