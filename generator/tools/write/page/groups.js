// Fields of many boxes: tags, figures by target, and rows of inner fields. Each gives its whole value when one box changes.
import { mayGo } from "./dialogs.js";
import { button, el, today, wrongOf } from "./dom.js";
import { guarded, USED } from "./names.js";
import { strangers } from "./strange.js";
import { t } from "./texts.js";

// Something that was chosen, with a button that takes it away.
export const chip = (one, take, className = "") => {
  const away = button("×", () => take(node)), node = el("li", { className }, one, away);
  away.setAttribute("aria-label", `${t("Remove")} ${one}`);
  return node;
};

// What was chosen, and a box that offers what is known.
export const chips = (id, known, value, changed) => {
  const chosen = [...value];
  const list = el("ul", { className: "chips" });
  const box = el("input", { id, autocomplete: "off" });
  box.setAttribute("list", `${id}-known`);
  const show = () => list.replaceChildren(...chosen.map((one) => chip(one, () => {
    chosen.splice(chosen.indexOf(one), 1);
    show();
    changed([...chosen]);
    box.focus();
  })));
  const add = () => {
    const fresh = box.value.split(/[,，、;；]/).map((one) => one.trim()).filter((one) => one && !chosen.includes(one));
    box.value = "";
    if (!fresh.length) return;
    chosen.push(...new Set(fresh));
    show();
    changed([...chosen]);
  };
  box.onchange = add;
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    add();
  });
  show();
  return el("div", { className: "chosen" }, list, box,
    el("datalist", { id: `${id}-known` }, ...known.map((one) => el("option", { value: one }))));
};

// What the file says is shown, whatever it is.
const number = (name, value, onchange) => {
  const type = /^\d*$/.test(value ?? "") ? "number" : "text";
  const box = el("input", { type, min: 0, max: 999999999, step: 1, inputMode: "numeric", autocomplete: "off", value: value ?? "" });
  box.oninput = () => { if (!wrongOf(box)) onchange(box.value.trim()); };
  return el("label", {}, name, box);
};

// A figure is one number, or one by each target; what several targets share, such as a meeting, is one number. What the file says of counters unknown here stays.
export const counts = (value, site, targetsNow, changed) => {
  const now = structuredClone(value ?? {});
  const boxes = el("div", { className: "rows" });
  const nameOf = (target) => site.targets.find((one) => one.id === target)?.name ?? target;
  const set = (counter, target, given) => {
    if (!target) now[counter] = given;
    else now[counter] = { ...(typeof now[counter] === "object" && now[counter]), [target]: given };
    if (target && !given) delete now[counter][target];
    if (!given && !Object.keys(now[counter] || {}).length) delete now[counter];
    changed(Object.keys(now).length ? structuredClone(now) : null);
  };
  const show = () => {
    const labels = Object.fromEntries(site.counters.map((one) => [one.id, one.unit ? `${one.name}（${one.unit}）` : one.name]));
    const all = [...new Set([...Object.keys(labels), ...Object.keys(now)])];
    boxes.replaceChildren(...all.map((counter) => {
      const isShared = site.counters.some((one) => one.id === counter && one.shared);
      const given = now[counter], isSplit = given !== null && typeof given === "object";
      const targets = [...new Set([...(isSplit ? Object.keys(given) : []), ...(isSplit || (!given && !isShared && targetsNow().length > 1) ? targetsNow() : [])])];
      return el("fieldset", {}, el("legend", {}, labels[counter] ?? counter),
        ...(targets.length ? targets.map((one) => number(nameOf(one), given?.[one], (text) => set(counter, one, text)))
          : [number(t("Number"), given, (text) => set(counter, "", text))]));
    }));
    if (!all.length) boxes.replaceChildren(el("p", { className: "help" }, t("Name what is counted in the settings first.")));
  };
  // The boxes follow the targets that are ticked, as soon as the form stands in the page.
  const follow = ({ target }) => {
    if (!boxes.isConnected) document.removeEventListener("change", follow);
    else if (target.closest("#field-targets")) show();
  };
  document.addEventListener("change", follow);
  queueMicrotask(show);
  return boxes;
};

// The first of these names with a number that is free.
export const numbered = (start, taken) => {
  for (let number = 1; ; number += 1) if (!taken.includes(`${start}${number}`)) return `${start}${number}`;
};

// Values with fields of their own: one, a list of them, or several by names of the writer's own.
export const rows = (field, value, site, fieldOf, changed) => {
  const kind = field.keyed ? "map" : field.many ? "list" : "one";
  const entries = { map: () => Object.entries(value ?? {}), list: () => [value ?? []].flat().map((one) => ["", one]), one: () => [["", value ?? {}]] }[kind]();
  const box = el("div", { className: "rows" });
  // What must be there and can be made is made, so that nobody has to think of it. Until somebody adds to it, it says nothing.
  const MADE = { id: () => numbered(field.name.slice(0, 1), entries.map(([, one]) => one.id)), date: today };
  const fresh = () => Object.fromEntries((field.fields ?? []).filter((one) => one.required && one.name in MADE).map(({ name }) => [name, MADE[name]()]));
  const isEmpty = (one) => one === null || one === "" || (typeof one === "object" && !Object.keys(one).some((key) => key !== "id"));
  const give = () => {
    const given = { map: () => Object.fromEntries(entries.filter(([name]) => name)), one: () => entries[0][1],
      list: () => entries.filter(([, one, isFresh]) => !isFresh && !isEmpty(one)).map(([, one]) => one) }[kind]();
    changed(isEmpty(given) ? null : structuredClone(given));
  };
  // What the writer did not touch stays in it; what was emptied is no line.
  const edited = (entry) => (fresh) => {
    entry.length = 2;
    entry[1] = { ...(typeof entry[1] === "object" && entry[1]), ...fresh };
    for (const [name, given] of Object.entries(fresh)) if (isEmpty(given)) delete entry[1][name];
    give();
  };
  const isTaken = (entry, nameOf) => (name) => entries.some((one) => one !== entry && nameOf(one).includes(name));
  // The number of a person stands in texts, the names in requests. Two persons may have one name.
  const GUARDED = field.name === "people" ? ["id", "name", "aliases"] : [];
  const guardedBox = (entry, { name, ...one }, place) => guarded((given) => fieldOf({ ...one, name, at: `${place}${name}` }, entry[1]?.[name], site, given), name === "id" ? field.name : `${field.name}.${name}`,
    { known: () => [entry[1]?.[name] ?? []].flat(), written: (names) => edited(entry)({ [name]: name === "aliases" ? names : names[0] ?? null }), changed: edited(entry),
      isLive: name !== "id", ...(name === "id" && { isTaken: isTaken(entry, ([, other]) => [other?.id]) }) });
  const inner = (entry, at) => {
    const place = `${field.at ?? field.name}-${kind === "one" ? "" : `${at}-`}`;
    return [...(field.fields ?? [])].sort((one, other) => (one.name === "id") - (other.name === "id"))
      .map((one) => (GUARDED.includes(one.name) ? guardedBox(entry, one, place)
        : fieldOf({ ...one, at: `${place}${one.name}` }, entry[1]?.[one.name], site, edited(entry))))
      .concat(field.fields ? strangers(field.fields, entry[1], place, edited(entry)) : []);
  };
  const plainly = (id, name, box) => el("div", { className: "field" }, el("label", { htmlFor: id }, t(name)), box, el("p", { id: `${id}-problem`, className: "problem" }));
  const named = (entry, at) => {
    const id = `row-${field.at ?? field.name}-${at}`;
    const name = el("input", { id, value: entry[0], autocomplete: "off" });
    const value = el("input", { id: `${id}-value`, value: typeof entry[1] === "string" ? entry[1] : "", autocomplete: "off" });
    // A kind may be called by its id and by its name.
    const ways = { isUsed: USED.includes(field.name), isTaken: isTaken(entry, (other) => (field.name === "kinds" ? other : other.slice(0, 1))) };
    const box = (at, labelled) => guarded(() => labelled, at ? `${field.name}.name` : field.name, { ...ways, isLive: at > 0,
      known: () => [entry[at]].filter(Boolean), written: ([given = ""]) => { entry[at] = given; give(); }, ...(at && !ways.isUsed && { isTaken: () => false }) });
    return [box(0, plainly(id, "Name", name)), !field.fields && typeof entry[1] !== "object" && box(1, plainly(`${id}-value`, "Value", value))];
  };
  const nameOf = ([name, one], at) => one?.name || one?.title || one?.note || one?.value || name || `${field.label} ${at + 1}`;
  const rowOf = (entry, at, isOpen) => el("details", { className: "row", open: isOpen }, el("summary", {}, nameOf(entry, at)),
    kind === "map" && named(entry, at), el("div", { className: "fields" }, inner(entry, at)),
    button(t("Remove"), async () => {
      if (!await mayGo(field.name, kind === "map" ? entry[0] : entry[1]?.id, nameOf(entry, at))) return;
      entries.splice(entries.indexOf(entry), 1);
      show();
      give();
    }));
  const show = (open = -1) => {
    if (kind === "one") { box.replaceChildren(el("div", { className: "fields" }, inner(entries[0], 0))); return; }
    box.replaceChildren(...entries.map((entry, at) => rowOf(entry, at, at === open)), button(`${t("Add")}：${field.label}`, () => {
      entries.push(["", kind === "map" && !field.fields ? "" : fresh(), true]);
      show(entries.length - 1);
      [...box.querySelectorAll(":scope > details:last-of-type :is(input, select, textarea)")].find((one) => !one.value)?.focus();
    }));
  };
  show();
  return box;
};
