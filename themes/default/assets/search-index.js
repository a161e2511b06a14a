// Queries the search index: finds every page that contains what was typed, and no other. The format of the files below
// search/ is described in generator/render/search_index.py. They are scripts that call rizhiSearch, so that they can be
// loaded from a memory stick. The user interface is in search.js.
"use strict";
(() => {
  const STEP = 32;
  const SLOT = 26 * STEP;
  const BLOCK = 64;
  const IN_A_FILE = 8;
  const ZERO = 35;
  const LETTER = /[0-9a-z\u00df-\u024f\u0370-\u052f]/;
  const LONGEST = 200;
  // One query loads less than 400 KB. Most of that is left for the texts of the results.
  const BYTES = 390 * 1024;
  const OF_KEYS = 180 * 1024;

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

  // A displayed text, folded, with the place in the text of each folded letter.
  const folded = (text) => {
    const places = [];
    let all = "";
    let at = 0;
    for (const char of text) {
      const one = foldOne(char);
      for (let number = 0; number < one.length; number++) places.push(at);
      all += one;
      at += char.length;
    }
    places.push(at);
    return { text, all, places };
  };

  const termsOf = (text) => [...new Set(fold([...text].slice(0, LONGEST).join("")).split(/\s+/).filter(Boolean))];

  // ---- The index: positions of characters

  const shardOf = (key) => {
    if (!key) return head.shards;
    let number = 0;
    for (const char of key) number = (Math.imul(number, 31) + char.codePointAt(0)) >>> 0;
    return number & (head.shards - 1);
  };
  const shardName = (number) => `s-${number.toString(16).padStart(3, "0")}`;

  const numbers = (text) => {
    const found = new Array(text.length);
    for (let at = 0; at < text.length; at++) found[at] = text.charCodeAt(at) - ZERO;
    return found;
  };
  const places = (text) => {
    const found = numbers(text);
    for (let at = 1; at < found.length; at++) found[at] += found[at - 1];
    return found;
  };

  // The keys by which a term is looked up, and the distance of each from its start. One or two letters next to another
  // script begin a word ("^") or end it ("$"). For a term of one or two letters, only the documents are known.
  const keysOf = (term) => {
    const chars = [...term].slice(0, LONGEST);
    const keys = [];
    for (let at = 0; at < chars.length; ) {
      let end = at;
      while (end < chars.length && LETTER.test(chars[end])) end++;
      if (end === at) {
        keys.push({ key: chars[at], at });
        at++;
      } else if (end - at < 3) {
        const few = chars.slice(at, end).join("");
        if (at > 0) keys.push({ key: `^${few}`, at });
        if (end < chars.length) keys.push({ key: `${few}$`, at });
        if (!at && end === chars.length) keys.push({ key: few, at });
        at = end;
      } else {
        const starts = [];
        for (let one = at; one + 3 <= end; one += 3) starts.push(one);
        if ((end - at) % 3) starts.push(end - 3);
        for (const one of starts) keys.push({ key: chars.slice(one, one + 3).join(""), at: one });
        at = end;
      }
    }
    return { keys, isExact: true };
  };

  // The keys to look up: the cheapest of each term, then as many more as the limit allows.
  const chosen = (terms) => {
    const taken = new Set();
    let bytes = 0;
    const cost = ({ key }) => {
      const shard = shardOf(key);
      return taken.has(shard) || arrived.has(shardName(shard)) ? 0 : head.sizes[shard] * 1024;
    };
    const take = (term, one) => {
      bytes += cost(one);
      taken.add(shardOf(one.key));
      term.taken.push(one);
    };
    for (const term of terms) {
      term.taken = [];
      term.keys.sort((one, other) => cost(one) - cost(other));
      take(term, term.keys[0]);
    }
    for (const term of terms) {
      for (const one of term.keys.slice(1)) {
        if (bytes + cost(one) <= OF_KEYS) take(term, one);
        else term.isExact = false;
      }
    }
    return [...taken];
  };

  // The order in which documents are shown: targets, then the newest, then what has no date.
  let blocks = [];
  let orders = new Map();
  const isDated = (block) => /^\d{4}-\d\d-/.test(block);
  const arrange = (names) => {
    blocks = [...new Set(names)].sort().reverse();
    orders = new Map(blocks.map((block, order) => [block, order]));
  };
  const idOf = (block, number) => orders.get(block) * BLOCK + (isDated(block) ? BLOCK - 1 - number : number);
  const placeOf = (id) => {
    const block = blocks[Math.floor(id / BLOCK)];
    const number = id % BLOCK;
    return { block, number: isDated(block) ? BLOCK - 1 - number : number };
  };

  // The positions at which all keys occur at their distances, in one segment of a block.
  const together = (unit, keys) => {
    const texts = keys.map(({ key, at }) => ({ at, text: arrived.get(shardName(shardOf(key)))[unit]?.[key] }));
    if (texts.some(({ text }) => text === undefined)) return [];
    texts.sort((one, other) => one.text.length - other.text.length);
    let starts = places(texts[0].text).map((place) => place - texts[0].at);
    for (const { at, text } of texts.slice(1)) {
      if (!starts.length) break;
      const others = places(text);
      let other = 0;
      starts = starts.filter((start) => {
        while (other < others.length && others[other] < start + at) other++;
        return others[other] === start + at;
      });
    }
    return starts;
  };

  // By document, the best field that contains a term: 0 title, 1 names, 2 tags, 3 text.
  const found = (term, fits) => {
    const best = new Map();
    const sizes = arrived.get(shardName(head.shards));
    for (const unit of Object.keys(sizes)) {
      const [block] = unit.split("+");
      if (!fits(block)) continue;
      const starts = together(unit, term.taken);
      const ends = starts.length ? numbers(sizes[unit][""]) : [];
      for (const start of starts) {
        const number = Math.floor(start / SLOT);
        if (number < 0) continue;
        let left = start - number * SLOT;
        let field = 0;
        for (; field < 3; field++) {
          left -= (ends[number * 3 + field] ?? 0) * STEP;
          if (left < 0) break;
        }
        const id = idOf(block, number);
        if (!(best.get(id) <= field)) best.set(id, field);
      }
    }
    return best;
  };

  const withKey = (key) => {
    const ids = new Set();
    for (const [unit, keys] of Object.entries(arrived.get(shardName(shardOf(key))))) {
      if (key in keys) for (const place of places(keys[key])) ids.add(idOf(unit, Math.floor(place / SLOT)));
    }
    return ids;
  };

  // ---- Queries and results

  // The first file of the index, with the filters to choose from.
  const begin = async () => {
    head ??= await load("index");
    return head;
  };

  const ask = async (question) => {
    await begin();
    const terms = question.terms.map((term) => ({ ...keysOf(term), term }));
    const answer = { question, terms: question.terms, queues: [[], [], [], []], isExact: !head.shards, shown: 0, bytes: BYTES };
    if (!head.shards) {
      // There are so few documents that all are searched.
      arrange(head.blocks.map(([block]) => block));
      for (const [block, count] of head.blocks) {
        for (let number = 0; number < count; number++) answer.queues[0].push(idOf(block, number));
      }
      answer.queues[0].sort((one, other) => one - other);
      answer.bytes = Infinity;
      return answer;
    }
    const filters = ["kind", "target", "tag"].filter((name) => question[name]);
    const keys = filters.map((name) => `${{ kind: "k", target: "t", tag: "g" }[name]}:${question[name]}`);
    const spill = question.from ? `m:${question.from}` : "";
    const shards = new Set([...chosen(terms), shardOf(""), ...[...keys, spill].filter(Boolean).map(shardOf)]);
    for (const shard of shards) if (!arrived.has(shardName(shard))) answer.bytes -= head.sizes[shard] * 1024;
    await Promise.all([...shards].map((number) => load(shardName(number))));
    arrange(Object.keys(arrived.get(shardName(head.shards))).map((unit) => unit.split("+")[0]));
    const sets = keys.map(withKey);
    // An entry over several months is in the block of the first; the keys "m:" list it for the others.
    const spilt = spill ? withKey(spill) : new Set();
    const isWithin = (block) => {
      if (!question.from && !question.to) return true;
      const month = block.slice(0, 7);
      return isDated(block) && (!question.from || month >= question.from) && (!question.to || month <= question.to);
    };
    const fits = (block) => isWithin(block) || (spilt.size > 0 && isDated(block));
    const [first, ...others] = terms.map((term) => found(term, fits));
    for (const [id, field] of first) {
      if (!sets.every((set) => set.has(id)) || !others.every((other) => other.has(id))) continue;
      if (!isWithin(placeOf(id).block) && !spilt.has(id)) continue;
      answer.queues[Math.max(field, ...others.map((other) => other.get(id)))].push(id);
    }
    for (const queue of answer.queues) queue.sort((one, other) => one - other);
    answer.isExact = terms.every((term) => term.isExact);
    return answer;
  };

  const fileOf = (id) => {
    const { block, number } = placeOf(id);
    return `x-${block}-${Math.floor(number / IN_A_FILE)}`;
  };

  const rowOf = (id) => {
    const row = arrived.get(fileOf(id))[placeOf(id).number % IN_A_FILE];
    if (!Array.isArray(row)) return row;
    const [href, kind, when, months, targets, kinds, ...texts] = row;
    const made = { href, kind, when, months, targets, kinds, fields: texts.map(folded) };
    arrived.get(fileOf(id))[placeOf(id).number % IN_A_FILE] = made;
    return made;
  };

  const isChosen = (row, question) =>
    (!question.kind || row.kinds.includes(question.kind)) &&
    (!question.target || row.targets.includes(question.target)) &&
    (!question.tag || row.fields[2].all.split("\n").includes(fold(question.tag))) &&
    (!question.from || (row.months.length > 0 && row.months[1] >= question.from)) &&
    (!question.to || (row.months.length > 0 && row.months[0] <= question.to));

  // The worst of the best fields of all terms in a document; -1 if a term is missing.
  const rank = (row, answer) => {
    if (!isChosen(row, answer.question)) return -1;
    const fields = answer.terms.map((term) => row.fields.findIndex(({ all }) => all.includes(term)));
    return fields.includes(-1) ? -1 : Math.max(...fields);
  };

  // The next results, each checked against its text; fewer if too much would have to be loaded for them.
  const next = async (answer, most) => {
    const rows = [];
    // At least one, so that every call makes progress.
    const files = Math.max(1, Math.floor(answer.bytes / (head.text * 1024)));
    let loaded = 0;
    answer.bytes = Math.max(answer.bytes, BYTES);
    while (rows.length < most) {
      const field = answer.queues.findIndex((queue) => queue.length);
      if (field < 0) break;
      const queue = answer.queues[field];
      const names = new Set();
      let count = 0;
      const wanted = files === Infinity ? queue.length : most - rows.length;
      for (; count < Math.min(wanted, queue.length); count++) {
        const name = fileOf(queue[count]);
        if (arrived.has(name) || names.has(name)) continue;
        if (loaded + names.size >= files) break;
        names.add(name);
      }
      if (!count) break;
      await Promise.all([...names].map(load));
      loaded += names.size;
      for (const id of queue.splice(0, count)) {
        const row = rowOf(id);
        const real = rank(row, answer);
        if (real < 0) continue;
        if (real > field) insert(answer.queues[real], id);
        else if (rows.length < most) rows.push(row);
        else insert(queue, id);
      }
    }
    answer.shown += rows.length;
    return rows;
  };

  const insert = (queue, id) => {
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (queue[middle] < id) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, id);
  };

  const waiting = (answer) => answer.queues.reduce((sum, queue) => sum + queue.length, 0);

  window.rizhiIndex = { begin, ask, next, waiting, termsOf };
})();
