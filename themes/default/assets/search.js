// The user interface of the search: input, filters and results. The search itself is in search-index.js.
"use strict";
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const { begin, ask, next, kindsOf, termsOf } = window.rizhiIndex;
  const input = form.elements.q;
  const said = document.querySelector(".found");
  const counts = document.querySelector(".counts");
  const proposed = document.querySelector(".proposed");
  const list = document.querySelector(".results");
  const button = document.querySelector(".more");
  const words = form.dataset;
  const FILTERS = ["kind", "target", "tag", "from", "to"];

  const AT_A_TIME = 10;

  // ---- Results

  const ranges = ({ text, all, places: from }, terms) => {
    const hits = [];
    for (const term of terms) {
      for (let at = all.indexOf(term); at >= 0; at = all.indexOf(term, at + term.length)) {
        let end = at + term.length;
        // A letter that folds into several is highlighted as a whole.
        while (end < all.length && from[end] === from[end - 1]) end++;
        const spaces = /\s*$/.exec(text.slice(from[at], from[end]))[0].length;
        hits.push([from[at], from[end] - spaces]);
      }
    }
    hits.sort(([one], [other]) => one - other);
    const merged = [];
    for (const [start, end] of hits) {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  };

  const marked = (parent, text, hits, start = 0, end = text.length) => {
    let at = start;
    const plain = (until) => parent.append(text.slice(at, until).replaceAll("\n", " "));
    for (const [from, to] of hits) {
      if (to <= start || from >= end) continue;
      plain(Math.max(from, start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(Math.max(from, start), Math.min(to, end));
      parent.append(mark);
      at = Math.min(to, end);
    }
    plain(end);
    return parent;
  };

  // An amount stays on one line. The space in it is another one then, so that all places remain.
  const kept = (text) => text.replace(/(第) (?=\d)|(\d) (?=[\u4e00-\u9fff％%])/g, (found) => `${found[0]}\u00a0`);

  const element = (name, className = "") => Object.assign(document.createElement(name), { className });

  // Facts with dots between them, which vanish at the ends of lines.
  const joined = (parent, facts) => {
    for (const [at, fact] of facts.entries()) {
      const sign = Object.assign(element("span"), { textContent: "\u00a0·" });
      const dot = element("span", "mid");
      dot.append(sign, " ");
      parent.append(...(at ? [dot] : []), fact);
    }
  };

  // Lines of titles end as in lists: after a clause, in one that is longer than a line also between words.
  const ONE_LINE = 10;
  const CLAUSE = /.+?(?:[：，、。；！？）]+[”’」』》]*|[丨｜│|]|(?=[（【《])|$)/gs;
  const WHOLE = /[（【][^（）【】]{1,8}[）】]|[“「][^“”「」]{1,6}[”」]|(?<![!-~])(?=[!-~]{3,12}(?![!-~]))[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)+/g;
  const LEADING = "和与及并在对向把从到为赴由给同";
  // Browsers that know no words break titles where they must.
  const segmenter = Intl.Segmenter && new Intl.Segmenter("zh", { granularity: "word" });
  const isWord = (text) => /^[\u4e00-\u9fff]{2,}$/.test(text);

  const breaksOf = (text) => {
    const breaks = [];
    for (const { 0: clause, index } of text.matchAll(CLAUSE)) {
      let before = "";
      for (const { segment, index: at } of clause.length > ONE_LINE && segmenter ? segmenter.segment(clause) : []) {
        const follows = LEADING.includes(segment) ? isWord(before) : isWord(segment) && !LEADING.includes(before);
        if (at > 1 && follows && /[\u4e00-\u9fff]$/.test(before)) breaks.push(index + at);
        before = segment;
      }
      if (/[丨｜│|]$/.test(clause)) breaks.push(index + clause.length);
    }
    return breaks;
  };

  // Clauses that have lines of their own: where each ends, and whether it is kept together.
  const TURN = /.+?(?:[：，；。！？]+[”’」』》）]*|——+|[丨｜│|] *|$)/gs;
  const LAST = 14;
  const widthOf = (text) => text.length + text.replace(/[!-~\s]/g, "").length;

  const turnsOf = (text) => {
    const turns = [];
    for (const { 0: turn, index } of text.matchAll(TURN)) {
      const end = index + turn.length;
      const [before, after] = [widthOf(text.slice(0, end)), widthOf(text.slice(end))];
      if (after && before + after <= 4 * Math.min(before, after)) turns.push([end, true]);
    }
    return [...turns, [text.length, turns.length > 0 && text.length - turns.at(-1)[0] <= LAST]];
  };

  const titled = (parent, text, hits) => {
    const breaks = breaksOf(text);
    let at = 0;
    const write = (end, within) => {
      marked(within, text, hits, at, end);
      at = end;
    };
    const plain = (end, within) => {
      for (const place of breaks) {
        if (place < at || place > end) continue;
        write(place, within);
        within.append(element("wbr"));
      }
      write(end, within);
    };
    for (const [end, isKept] of turnsOf(text)) {
      const turn = isKept ? element("span", "kept") : parent;
      for (const { 0: whole, index } of text.slice(0, end).matchAll(WHOLE)) {
        if (index < at) continue;
        plain(index, turn);
        const amount = element("span", "kept");
        write(index + whole.length, amount);
        turn.append(amount);
      }
      plain(end, turn);
      if (isKept) parent.append(turn);
    }
    return parent;
  };

  const BEFORE = 24;
  const AFTER = 84;
  // Never between the two surrogates of a character.
  const whole = (text, at) => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at);

  // A word in Latin letters or a number with its unit, of which a part would be another word or a false number.
  const WORD = /[0-9A-Za-z\u00c0-\u024f](?:[0-9A-Za-z\u00c0-\u024f.,'’&+/-]*[0-9A-Za-z\u00c0-\u024f])?(?:[%％‰℃]|(?<=\d) ?[\u4e00-\u9fff])?/g;
  const LONGEST = 24;

  // Where a text may be cut at a place or near it: where the word ends that is cut there, or before it begins.
  const cut = (text, at, isEnd) => {
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const end = index + word.length;
      if (index < at && at < end && word.length <= LONGEST) return isEnd ? end : index;
    }
    return whole(text, at);
  };

  // Around the first hit, and never from one line to the next: place, summary and paragraphs are lines of their own.
  const excerpt = (field, terms) => {
    const hits = ranges(field, terms);
    const first = hits.length ? hits[0][0] : 0;
    const top = field.text.lastIndexOf("\n", first - 1) + 1;
    const bottom = field.text.indexOf("\n", first) < 0 ? field.text.length : field.text.indexOf("\n", first);
    const start = first - top <= BEFORE ? top : Math.max(top, cut(field.text, first - BEFORE, false));
    const end = Math.min(bottom, cut(field.text, first + AFTER, true));
    const line = element("p", "summary");
    if (start > top) line.append("…");
    marked(line, field.text, hits, start, end);
    if (end < bottom) line.append("…");
    return line;
  };

  // The team that a result is of, and the way into its own search for the same words.
  const origin = ({ href, within: [, page, search] }, terms, name) => {
    const line = element("p", "facts origin");
    const links = [];
    const add = (where, link) => links.push(Object.assign(link, { href: where }));
    if (page !== href) add(page, marked(element("a"), ...name));
    if (search) {
      const query = new URLSearchParams({ q: terms.join(" ") });
      add(`${search}?${query}`, Object.assign(element("a"), { textContent: words.onward }));
    }
    joined(line, links);
    return line;
  };

  // A result, from the pieces of its text in which the terms are.
  const item = (pieces, terms) => {
    const [row] = pieces;
    const title = row.shown;
    const held = ({ fields }) => terms.filter((term) => fields[3].all.includes(term)).length;
    const text = pieces.reduce((best, one) => (held(one) > held(best) ? one : best)).fields[3];
    const others = [...new Set(pieces)].flatMap(({ fields }) => [fields[1], fields[2]]);
    const entry = element("li", "row");
    const article = element("article");
    const dateline = element("p", "dateline");
    joined(dateline, [row.when, words[row.kind]].filter(Boolean));
    const heading = element("h2", "headline");
    const link = element("a");
    link.href = row.href;
    heading.append(titled(link, kept(title.text), ranges(title, terms)));
    article.append(dateline, heading);
    if (text.text) article.append(excerpt(text, terms));
    const [name] = row.within ?? [];
    let named = null;
    for (const field of others) {
      const hits = ranges(field, terms);
      if (!hits.length) continue;
      const start = field.text.lastIndexOf("\n", hits[0][0]) + 1;
      const end = field.text.indexOf("\n", hits[hits.length - 1][1]);
      const part = [field.text, hits, start, end < 0 ? undefined : end];
      if (field.text.slice(...part.slice(2)) === name) named = part;
      else article.append(marked(element("p", "quiet"), ...part));
    }
    if (name) article.append(origin(row, terms, named ?? [name, []]));
    entry.append(article);
    return entry;
  };

  const tell = (answer) => {
    const count = answer.results.length;
    const left = count - answer.shown;
    if (!count) said.textContent = words.none;
    else said.textContent = (answer.isExact || !left ? words.found : words.about).replace("{n}", count);
    const kinds = [...kindsOf(answer)];
    counts.replaceChildren();
    joined(counts, kinds.length > 1 ? kinds.map(([kind, number]) => `${words[kind]}\u00a0${number}`) : []);
    button.hidden = !left;
  };

  const tellNothing = (text) => {
    list.replaceChildren();
    said.textContent = text;
    counts.textContent = "";
    button.hidden = true;
  };

  let asked = 0;
  let current = null;

  const question = () => {
    const made = { terms: termsOf(input.value) };
    for (const name of FILTERS) made[name] = form.elements[name].value;
    return made;
  };

  const search = async () => {
    const number = ++asked;
    remember();
    const made = question();
    if (!made.terms.length) {
      current = null;
      tellNothing("");
      proposed.hidden = !proposed.querySelector("button");
      list.removeAttribute("aria-busy");
      return;
    }
    proposed.hidden = true;
    list.setAttribute("aria-busy", "true");
    if (!list.children.length) said.textContent = words.wait;
    try {
      const answer = await ask(made);
      const rows = await next(answer, AT_A_TIME);
      if (number !== asked) return;
      current = answer;
      list.replaceChildren(...rows.map((row) => item(row, answer.terms)));
      tell(answer);
    } catch {
      if (number !== asked) return;
      tellNothing(words.failed);
    }
    list.removeAttribute("aria-busy");
  };

  button.addEventListener("click", async () => {
    const answer = current;
    button.disabled = true;
    list.setAttribute("aria-busy", "true");
    try {
      const rows = await next(answer, AT_A_TIME);
      if (answer !== current) return;
      const items = rows.map((row) => item(row, answer.terms));
      list.append(...items);
      tell(answer);
      items[0]?.querySelector("a").focus();
    } catch {
      said.textContent = words.failed;
    } finally {
      button.disabled = false;
      if (answer === current) list.removeAttribute("aria-busy");
    }
  });

  // ---- The address, so that a search can be sent to somebody

  const remember = () => {
    const kept = new URLSearchParams();
    if (input.value) kept.set("q", input.value);
    for (const name of FILTERS) if (form.elements[name].value) kept.set(name, form.elements[name].value);
    const query = String(kept) && `?${kept}`;
    try {
      if (query !== location.search) history.replaceState(null, "", `${location.pathname}${query}`);
    } catch {
      // Some browsers forbid it on a memory stick.
    }
  };

  const recall = () => {
    const kept = new URLSearchParams(location.search);
    input.value = kept.get("q") ?? "";
    for (const name of FILTERS) form.elements[name].value = kept.get(name) ?? "";
    form.querySelector("details").open ||= FILTERS.some((name) => form.elements[name].value);
  };

  // ---- Filters

  const fill = (head) => {
    const add = (name, pairs) => {
      const select = form.elements[name];
      for (const [value, text] of pairs) select.append(new Option(text, value));
      select.parentElement.hidden = !pairs.length;
    };
    add("kind", head.kinds);
    add("target", head.targets.map(([id, name]) => [id, name]));
    add("tag", head.tags.map((tag) => [tag, tag]));
    const months = [];
    const [first, last] = head.months;
    if (first) {
      let [year, month] = first.split("-").map(Number);
      for (let one = first; one <= last; ) {
        months.push([one, one]);
        [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
        one = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      }
    }
    add("from", months);
    add("to", months);
    for (const word of head.words) {
      const one = Object.assign(element("button", "proposal"), { type: "button", textContent: word });
      one.addEventListener("click", () => {
        input.value = word;
        now();
        input.focus();
      });
      proposed.append(one);
    }
  };

  // ---- Keys: "/" focuses the field, Escape clears it, arrows move through the results

  let pause = 0;
  let running = Promise.resolve();
  const now = () => {
    clearTimeout(pause);
    pause = 0;
    running = search();
  };
  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(now, 150);
  };
  input.addEventListener("input", (event) => {
    // While an input method composes text, keys are not commands.
    if (!event.isComposing) soon();
  });
  input.addEventListener("compositionend", soon);
  form.addEventListener("change", (event) => {
    if (event.target !== input) now();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const inField = event.target.matches?.("input, select, textarea");
    if (event.key === "/" && !inField) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "Escape" && (event.target === input || list.contains(event.target))) {
      event.preventDefault();
      input.value = "";
      input.focus();
      now();
    } else if (event.key === "ArrowDown" && event.target === input) {
      event.preventDefault();
      // Results that are still loading would replace the list.
      if (pause) now();
      running.then(() => list.querySelector("a")?.focus());
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = [...list.querySelectorAll("h2 a")];
      const at = links.findIndex((one) => one.closest("li").contains(event.target));
      if (at < 0) return;
      event.preventDefault();
      const goal = at + (event.key === "ArrowDown" ? 1 : -1);
      (goal < 0 ? input : links[Math.min(goal, links.length - 1)])?.focus();
    }
  });

  form.hidden = false;
  begin().then(
    (head) => {
      fill(head);
      recall();
      if (input.value) now();
      else proposed.hidden = !head.words.length;
    },
    () => {
      said.textContent = words.failed;
    },
  );
})();
