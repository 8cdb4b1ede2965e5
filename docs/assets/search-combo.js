/* A field with a list below it, after the ARIA pattern of a combobox with a list. */
(() => {
  "use strict";
  const S = globalThis.duizhaoSearch ??= {};

  /* `summon` fills a list that is asked for by arrow, `escape` is for a second Escape. Gives
     `offer`, which lists choices of {content, run} with perhaps a remark below, `close`, and
     `first`, which takes the first choice. */
  S.combobox = (field, list, { summon = null, escape = null } = {}) => {
    let active = -1, choices = [];
    const options = () => [...list.children].slice(0, choices.length);
    const show = yes => {
      list.hidden = !yes;
      field.setAttribute("aria-expanded", String(yes));
      if (!yes) mark(-1);
    };
    const mark = n => {
      active = n;
      options().forEach((li, k) => li.setAttribute("aria-selected", String(k === n)));
      if (n < 0) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", list.children[n].id);
      list.children[n].scrollIntoView({ block: "nearest" });
    };
    const choose = n => {
      const { run } = choices[n];
      show(false);
      run();
    };
    field.addEventListener("keydown", event => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        if (list.hidden && summon) summon();
        if (!choices.length) return;
        event.preventDefault();
        if (list.hidden) show(true);
        // The field itself stands between the last choice and the first.
        mark((active + step + 2 + choices.length) % (choices.length + 1) - 1);
      } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
        event.preventDefault();
        choose(active);
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (list.hidden) escape?.();
        else show(false);
      } else if (event.key === "Tab") show(false);
    });
    field.addEventListener("blur", () => show(false));
    list.addEventListener("pointerdown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const at = options().indexOf(event.target.closest("li"));
      if (at >= 0) choose(at);
    });
    return {
      offer(some, remark = "") {
        choices = some;
        list.replaceChildren(...some.map(({ content }, n) =>
          S.element("li", { role: "option", id: `${list.id}-${n}`, "aria-selected": "false" }, ...content)));
        if (remark) list.append(S.element("li", { role: "option", "aria-disabled": "true" }, remark));
        mark(-1);
        show(list.children.length > 0);
      },
      close: () => show(false),
      first: () => choices.length && !list.hidden && choose(0),
    };
  };
})();
