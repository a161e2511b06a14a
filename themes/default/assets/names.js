// Finds a name in a long list by what is typed: any part of it, of another name of the same, or of how they are read. All
// names are in a script beside the list, which calls rizhiNames, so that it can be loaded from a memory stick too.
"use strict";
(() => {
  const MOST = 100;
  const form = document.querySelector(".finder");
  if (!form) return;
  const field = form.querySelector("input");
  const said = form.querySelector(".found");
  const list = document.querySelector(".names-by-letter");
  const rest = [list, ...document.querySelectorAll(".letters, .pages, .sums")];
  const results = document.createElement("ul");
  results.className = "index";
  results.hidden = true;
  list.before(results);

  // An input method shows syllables with apostrophes before they are characters: they find names by then. A letter with a
  // mark is found by the letter without it; ü is v in pinyin.
  const BASES = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", þ: "th", ß: "ss" };
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s'’]/g, "")
      .replaceAll("ü", "v")
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[łøđðħıæœþß]/g, (letter) => BASES[letter]);

  let names = null;
  window.rizhiNames = (all) => {
    names = all.map(([name, url, others, letters, initials, facts]) => {
      const own = [name, ...others];
      return { own, url, facts, keys: [...own.map(fold), ...letters, ...initials] };
    });
    show();
  };

  const address = new URL(form.dataset.names, document.baseURI);
  let isAsked = false;
  const load = () => {
    if (isAsked) return;
    isAsked = true;
    const script = document.createElement("script");
    script.src = address.href;
    // Without the file, the list below is still there.
    script.onerror = () => form.remove();
    document.head.append(script);
  };

  const element = (name, className = "", textContent = "") => Object.assign(document.createElement(name), { className, textContent });

  // Facts on one line each with dots between them, as in the list.
  const joined = (parent, parts) => {
    for (const [at, part] of parts.entries()) {
      const dot = element("span", "mid");
      dot.append(element("span", "", "\u00a0·"), " ");
      parent.append(...(at ? [dot] : []), element("span", "kept", part));
    }
  };

  const item = (one, wanted) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(one.url, address).href;
    link.textContent = one.own[0];
    const facts = element("span", "quiet");
    // It may have been found by another name than the one that is shown.
    const other = Math.max(0, one.keys.findIndex((key) => key.includes(wanted))) % one.own.length;
    joined(facts, [...(other ? [one.own[other]] : []), ...one.facts]);
    row.append(link, " ", facts);
    return row;
  };

  const show = () => {
    const wanted = fold(field.value);
    for (const part of rest) part.hidden = Boolean(wanted && names);
    results.hidden = !wanted || !names;
    if (results.hidden) {
      said.textContent = "";
      return;
    }
    // Several words may be parts of one name that do not stand next to each other.
    const words = field.value.split(/\s+/).map(fold).filter(Boolean);
    const holds = (keys, word) => keys.some((key) => key.includes(word));
    const found = names.filter(({ keys }) => holds(keys, wanted) || words.every((word) => holds(keys, word)));
    const begins = found.filter(({ keys }) => keys.some((key) => key.startsWith(wanted)));
    const ordered = [...new Set([...begins, ...found])];
    results.replaceChildren(...ordered.slice(0, MOST).map((one) => item(one, wanted)));
    said.textContent = found.length ? form.dataset.found.replace("{n}", found.length) : form.dataset.none;
    // From far down in the list, the names that were found would be above the screen.
    const isTyped = document.activeElement === field;
    if (isTyped && results.getBoundingClientRect().top < 0) form.querySelector("label").scrollIntoView({ behavior: "instant" });
  };

  field.addEventListener("focus", load, { once: true });
  field.addEventListener("input", () => {
    load();
    show();
    history.replaceState({ find: field.value }, "");
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  // Back on the page, one finds what one had looked for; a browser may have filled the field in, too.
  field.value ||= history.state?.find ?? "";
  if (field.value) load();
})();
