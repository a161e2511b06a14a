// Queries the search index: finds every page that contains what was typed, and no other. The format of the files below
// search/ is described in generator/render/search_index.py. They are scripts that call rizhiSearch, so that they can be
// loaded from a memory stick. The user interface is in search.js.
"use strict";
(() => {
  const SLOTS = 512;
  const FACTORS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35].map((factor) => ((factor >>> 4) | 1) >>> 0);
  const DIGITS = "#$%&'()*+-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  const HALF = DIGITS.length / 2;
  const VALUES = new Map([...DIGITS].map((digit, value) => [digit.charCodeAt(0), value]));
  const PLACE = 0x80;
  // Where title, names and tags end; behind them stands the text.
  const ZONES = [256, 512, 768];
  const ENDS = /[。!?;\n]/;
  const LETTER = /[0-9a-z\u00df-\u024f\u0370-\u052f]/;
  const LONGEST = 200;
  const BLOCK = 64;
  // So many documents are held against their texts before anything is said of their number.
  const CHECKED = 64;
  const SHOWN = 10;

  // ---- Files

  const folder = document.querySelector("form.search").dataset.index.slice(0, -"index.js".length);
  const arrived = new Map();
  const promised = new Map();
  let head = null;

  window.rizhiSearch = (name, value) => arrived.set(name, value);

  const load = (name) => {
    if (!promised.has(name)) {
      promised.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = `${folder}${name}.js${head ? `?v=${head.version}` : ""}`;
          script.onload = () => {
            script.remove();
            if (arrived.has(name)) resolve(arrived.get(name));
            else reject(new Error(name));
          };
          script.onerror = () => {
            script.remove();
            promised.delete(name);
            reject(new Error(name));
          };
          document.head.append(script);
        }),
      );
    }
    return promised.get(name);
  };

  // ---- Folding: NFKC and no difference of case, one code point at a time (generator/ground/search_folding.py)

  const known = new Map();
  const foldOne = (char) => {
    let found = known.get(char);
    if (found === undefined) {
      const parts = [...char.normalize("NFKC")];
      found = parts.map((one) => one.toLowerCase().toUpperCase().toLowerCase()).join("").normalize("NFKC");
      known.set(char, found);
    }
    return found;
  };

  const fold = (text) => Array.from(text.normalize("NFKC"), foldOne).join("");

  // Without the spaces between Chinese and others: some write 300 户, others 300户, and readers either.
  const closedUp = (text) => text.replace(/([\u3400-\u9fff]) (?=[0-9a-z])|([0-9a-z]) (?=[\u3400-\u9fff])/g, "$1$2");

  // A displayed text, folded and closed up, with the place in the text of each letter that is left.
  const folded = (text) => {
    const whole = [];
    const places = [];
    let at = 0;
    for (const char of text) {
      for (const unit of foldOne(char).split("")) {
        whole.push(unit);
        places.push(at);
      }
      at += char.length;
    }
    const all = closedUp(whole.join(""));
    // What is closed up lacks some of the spaces.
    const left = [];
    for (let from = 0; from < whole.length; from++) {
      if (whole[from] === all[left.length]) left.push(places[from]);
    }
    left.push(at);
    return { text, all, places: left };
  };

  const termsOf = (text) => [...new Set(fold([...text].slice(0, LONGEST).join("")).split(/\s+/).filter(Boolean))];

  // ---- Documents: their numbers, and the files with their texts

  // Results are shown in this order: targets, then the newest, then what has no date.
  let blocks = [];
  const arrange = () => {
    const starts = (files) => (files ? files.split(" ").map((one) => [...one.split("."), 0].slice(0, 2).map(Number)) : []);
    const byName = head.blocks.map(([name]) => name).sort().reverse();
    blocks = head.blocks.map(([name, first, size, files]) => ({
      name, first, size, starts: starts(files), order: byName.indexOf(name), isDated: /^\d{4}-\d\d-/.test(name),
      kind: { te: "team", ta: "target", "0-po": "policy", "0-pa": "page", "0-au": "author" }[/^(t[ae]|0-[ap].)/.exec(name)?.[0]] ?? (/^\d{4}-\d\d-+r/.test(name) ? "request" : "entry"),
    }));
  };
  const last = (list, isIn) => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isIn(list[middle])) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const documentOf = (number) => number % head.room;
  const blockOf = (document) => blocks[last(blocks, ({ first }) => first <= document)];
  const orderOf = (document) => {
    const block = blockOf(document);
    const number = document - block.first;
    return block.order * BLOCK + (block.isDated ? BLOCK - 1 - number : number);
  };
  const fileOf = (piece) => {
    const block = blockOf(documentOf(piece));
    const [number, part] = [documentOf(piece) - block.first, Math.floor(piece / head.room)];
    return `x-${block.name}-${last(block.starts, ([one, other]) => one < number || (one === number && other <= part))}`;
  };

  const pieces = new Map();
  const loadFile = async (name) => {
    const rows = await load(name);
    if (!rows.length) return;
    const block = blocks.find((one) => name.startsWith(`x-${one.name}-`));
    for (const [number, part, href, kind, when, title, names, tags, text, whole, months, targets, kinds, within] of rows) {
      const fields = [title, names, tags, text].map(folded);
      const shown = whole ? folded(whole) : fields[0];
      pieces.set(part * head.room + block.first + number, { href, kind, when, shown, fields, part, months, targets, kinds, within });
    }
    rows.length = 0;
  };
  const loadPieces = (some) => Promise.all([...new Set(some.map(fileOf))].map(loadFile));

  // ---- The index

  const slotOf = (key) => {
    const chars = [...key];
    let total = 0;
    for (let at = 0; at < chars.length; at++) total = (total + chars[at].codePointAt(0) * FACTORS[at % 3]) % 2 ** 48;
    return Math.floor(total / 2 ** 16) % (head.shards * SLOTS);
  };
  const shardOf = (key) => `s-${Math.floor(slotOf(key) / SLOTS).toString(16).padStart(3, "0")}`;

  const shards = new Map();
  const opened = (name) => {
    if (!shards.has(name)) {
      const [rows, lists] = arrived.get(name);
      const words = lists.split(" ");
      const byKey = new Map();
      for (let at = 0; at + 1 < words.length; at += 2) byKey.set(words[at], words[at + 1]);
      shards.set(name, { rows: rows.split(" "), lists: byKey });
    }
    return shards.get(name);
  };

  // Ascending numbers, each with the positions behind it.
  const decoded = (text) => {
    const found = [];
    let [before, value, weight] = [-1, 0, 1];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const digit = VALUES.get(code);
      if (digit === undefined) found[found.length - 1][1].push(code - PLACE);
      else if (digit >= HALF) {
        value += (digit - HALF) * weight;
        weight *= HALF;
        value += weight;
      } else {
        before += 1 + value + digit * weight;
        found.push([before, []]);
        [value, weight] = [0, 1];
      }
    }
    return found;
  };

  // The keys by which a term is looked up, the most telling first: pairs of characters that are not both letters, threes of
  // letters, and twos that begin or end a word next to another script. Each sentence is a part, whose positions are
  // independent of the others. Its first key stands at the end of the sentence before, too, and the key before that in
  // front of it, so both are of both parts, and a term that begins with the end of a sentence is one part. A term without
  // any is looked up in a list.
  const keysOf = (term) => {
    const chars = [...term].slice(0, LONGEST);
    const isLetter = chars.map((char) => LETTER.test(char));
    const isStart = (at) => at > 1 && ENDS.test(chars[at - 1]) && !ENDS.test(chars[at]);
    const parts = [];
    let part = 0;
    for (let at = 0; at < chars.length; at++) {
      if (isStart(at - 1)) part++;
      parts.push(part);
    }
    const keys = [];
    const add = (at, key) => keys.push({ key, at, part: parts[at] });
    const isPair = (at) => at >= 0 && at + 1 < chars.length && !(isLetter[at] && isLetter[at + 1]);
    for (let at = 0; at < chars.length; ) {
      let end = at;
      if (isPair(at)) {
        while (isPair(end + 1) && parts[end + 1] === parts[at]) end++;
        for (let one = at; one < end; one += 2) add(one, chars[one] + chars[one + 1]);
        add(end, chars[end] + chars[end + 1]);
        at = end + 1;
        continue;
      }
      while (end < chars.length && isLetter[end]) end++;
      const run = chars.slice(at, end).join("");
      if (end - at > 2) {
        for (let one = at; one + 3 < end; one += 3) add(one, chars.slice(one, one + 3).join(""));
        add(end - 3, chars.slice(end - 3, end).join(""));
      } else if (end - at === 2 && at > 0) add(at, `^${run}`);
      else if (end - at === 2 && end < chars.length) add(at, `${run}$`);
      // The last letter of a run makes a pair with what stands behind it.
      at = end - at > 1 && isPair(end - 1) ? end - 1 : Math.max(end, at + 1);
    }
    const isWhole = keys.every((one) => !one.part) && chars.length === [...term].length;
    const tied = ({ key, at, part }) => [
      { key, at, part: part + 1 },
      { key: chars[at - 1] + chars[at], at: at - 1, part: part + 1 },
    ];
    keys.splice(0, keys.length, ...keys.flatMap((one) => (isStart(one.at) ? [one, ...tied(one)] : [one])));
    const first = keys.splice(0, 1);
    const ends = keys.splice(-1, 1);
    return { term, keys: [...first, ...ends, ...keys], used: 0, isWhole };
  };

  const fieldAt = (position) => ZONES.filter((end) => position >= end).length;

  // What a term is found in, as far as its keys are loaded: by document, the pieces and the best field; and whether that
  // is certain without the texts.
  const listed = (term) => {
    const found = new Map();
    const fields = opened(shardOf(term)).lists.get(term)?.split(",") ?? [];
    fields.forEach((text, field) => {
      for (const [piece] of decoded(text)) found.set(documentOf(piece), { field, pieces: [piece] });
    });
    return { found, isExact: true };
  };

  const lookedUp = ({ keys, used, isWhole }) => {
    let starts = null;
    let isExact = isWhole && used === keys.length;
    const looked = keys.slice(0, used).map((one) => {
      const { rows, lists } = opened(shardOf(one.key));
      const row = rows[slotOf(one.key) % SLOTS];
      const isDense = row === "!";
      return { ...one, isDense, text: isDense ? lists.get(one.key) ?? "" : row };
    });
    looked.sort((one, other) => one.text.length - other.text.length);
    // By piece, and for each part of the term, where that may begin.
    for (const { at, part, isDense, text } of looked) {
      isExact &&= isDense;
      const now = new Map();
      for (const [piece, places] of decoded(text)) {
        const before = starts ? starts.get(piece) : {};
        if (!before) continue;
        if (!isDense) now.set(piece, before);
        else {
          const own = places.map((place) => place - at).filter((start) => !before[part] || before[part].includes(start));
          if (own.length) now.set(piece, { ...before, [part]: own });
        }
      }
      starts = now;
    }
    const found = new Map();
    for (const [piece, parts] of starts) {
      const field = parts[0] ? Math.min(...parts[0].map(fieldAt)) : 0;
      const one = found.get(documentOf(piece));
      if (!one) found.set(documentOf(piece), { field, pieces: [piece] });
      else if (!isExact) one.pieces.push(piece);
      else if (field < one.field) Object.assign(one, { field, pieces: [piece] });
    }
    return { found, isExact };
  };

  // ---- Filters

  const filtersOf = (question) => {
    const keys = [["k", "kind"], ["t", "target"], ["g", "tag"]]
      .filter(([, name]) => question[name])
      .map(([letter, name]) => `${letter}:${letter === "g" ? closedUp(fold(question[name])) : question[name]}`);
    // A document over several months is in the block of the first; these keys list it for the others.
    const spill = question.from ? [`m:${question.from}`] : [];
    return { keys: keys.map((key) => key.replaceAll(" ", "\0")), spill };
  };

  const fitting = (question) => {
    const { keys, spill } = filtersOf(question);
    const [sets, [spilt]] = [keys, spill].map((some) => some.map((key) => listed(key).found));
    return (document) => {
      if (!sets.every((set) => set.has(document))) return false;
      if (!question.from && !question.to) return true;
      const { name, isDated } = blockOf(document);
      const month = name.slice(0, 7);
      const isLate = !question.from || month >= question.from || spilt.has(document);
      return isDated && isLate && (!question.to || month <= question.to);
    };
  };

  // The same without an index, from a document's first piece.
  const isChosen = (row, question) =>
    (!question.kind || row.kinds.includes(question.kind)) &&
    (!question.target || row.targets.includes(question.target)) &&
    (!question.tag || row.fields[2].all.split("\n").includes(closedUp(fold(question.tag)))) &&
    (!question.from || (row.months.length > 0 && row.months[1] >= question.from)) &&
    (!question.to || (row.months.length > 0 && row.months[0] <= question.to));

  // ---- Queries and results

  // The first file of the index, with the filters to choose from.
  const begin = async () => {
    if (!head) {
      head = await load("index");
      arrange();
    }
    return head;
  };

  // The best field and its piece for each term, by the texts of the pieces; null if one is missing.
  const checked = (hits, terms) => {
    const found = [];
    for (const [at, { pieces: some }] of hits.entries()) {
      let best = null;
      for (const piece of some) {
        const field = pieces.get(piece)?.fields.findIndex(({ all }) => all.includes(terms[at])) ?? -1;
        if (field >= 0 && !(best?.field <= field)) best = { field, pieces: [piece] };
      }
      if (!best) return null;
      found.push(best);
    }
    return found;
  };

  const answerOf = (question, results, isExact) => {
    const answer = { question, terms: question.terms, results, isExact, shown: 0 };
    for (const one of results) one.rank = Math.max(...one.hits.map(({ field }) => field));
    results.sort((one, other) => one.rank - other.rank || orderOf(one.document) - orderOf(other.document));
    return answer;
  };

  // There are so few texts that all are searched.
  const scanned = async (question) => {
    await Promise.all(blocks.flatMap(({ name, starts }) => starts.map((_, number) => loadFile(`x-${name}-${number}`))));
    const byDocument = new Map();
    for (const piece of pieces.keys()) {
      const document = documentOf(piece);
      byDocument.set(document, [...(byDocument.get(document) ?? []), piece]);
    }
    const results = [];
    for (const [document, some] of byDocument) {
      some.sort((one, other) => one - other);
      const hits = isChosen(pieces.get(document), question) && checked(question.terms.map(() => ({ pieces: some })), question.terms);
      if (hits) results.push({ document, hits });
    }
    return answerOf(question, results, true);
  };

  const ask = async (question) => {
    await begin();
    if (!head.shards) return scanned(question);
    const terms = question.terms.map(keysOf);
    const { keys, spill } = filtersOf(question);
    const wanted = [...keys, ...spill, ...terms.filter((one) => !one.keys.length).map(({ term }) => term)];
    let results = [];
    let isExact = true;
    // A few keys of each term, and then more where that leaves too much.
    for (let step = 2; ; step = 4) {
      for (const one of terms) {
        wanted.push(...one.keys.slice(one.used, one.used + step).map(({ key }) => key));
        one.used = Math.min(one.keys.length, one.used + step);
      }
      await Promise.all([...new Set(wanted.map(shardOf))].map(load));
      const [first, ...others] = terms.map((one) => (one.keys.length ? lookedUp(one) : listed(one.term)));
      isExact = [first, ...others].every((one) => one.isExact);
      const fits = fitting(question);
      results = [];
      for (const [document, hit] of first.found) {
        const hits = [hit, ...others.map(({ found }) => found.get(document))];
        if (hits.every(Boolean) && fits(document)) results.push({ document, hits });
      }
      if (results.length <= SHOWN || terms.every((one) => one.used === one.keys.length)) break;
    }
    if (!isExact && results.length <= CHECKED) {
      await loadPieces(results.flatMap(({ hits }) => hits.flatMap((hit) => hit.pieces)));
      results = results.map(({ document, hits }) => ({ document, hits: checked(hits, question.terms) })).filter(({ hits }) => hits);
      isExact = true;
    }
    return answerOf(question, results, isExact);
  };

  // The next results, each held against its text.
  const next = async (answer, most) => {
    const rows = [];
    while (rows.length < most && answer.shown < answer.results.length) {
      const some = answer.results.slice(answer.shown, answer.shown + most - rows.length);
      await loadPieces(some.flatMap(({ hits }) => hits.flatMap((hit) => hit.pieces)));
      for (const one of some) {
        const hits = checked(one.hits, answer.terms);
        if (hits) {
          rows.push(hits.map((hit) => pieces.get(hit.pieces[0])));
          answer.shown++;
        } else answer.results.splice(answer.shown, 1);
      }
    }
    return rows;
  };

  // How many results there are of each kind.
  const kindsOf = (answer) => {
    const found = new Map();
    for (const { document } of answer.results) {
      const { kind } = blockOf(document);
      found.set(kind, (found.get(kind) ?? 0) + 1);
    }
    return found;
  };

  window.rizhiIndex = { begin, ask, next, kindsOf, termsOf };
})();
