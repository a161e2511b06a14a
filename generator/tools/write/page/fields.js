// A field of a form: a box by its type, with its label, help and problems.
import { el } from "./dom.js";
import { chips, counts, rows } from "./groups.js";
import { t } from "./texts.js";

const option = (value, text) => el("option", { value }, text);
const choices = (field, site) =>
  field.choices
  ?? { target: site.targets, kind: site.kinds }[field.type]?.map((one) => ({ value: one.id, label: one.name }));
const LISTS = ["list", "persons"];

// A list of what is known is ticked; another is written, one in each line.
const ticks = (known, value, changed) => {
  const chosen = new Set(value);
  return el("div", { className: "ticks" }, ...known.map((one) => {
    const isOn = chosen.has(one.id) || (one.names ?? []).some((name) => chosen.has(name));
    const box = el("input", { type: "checkbox", checked: isOn, value: one.id });
    box.onchange = () => {
      for (const name of [one.id, ...(one.names ?? [])]) chosen.delete(name);
      if (box.checked) chosen.add(one.id);
      changed([...chosen]);
    };
    return el("label", {}, box, one.name ?? one.title);
  }));
};

const days = (value, id, changed) => {
  const [first = "", last = ""] = String(value).split("/");
  if (value && !/^\d{4}-\d\d-\d\d(\/[\d-]+)?$/.test(value)) return null;
  const whole = last && first.slice(0, first.length - last.length) + last;
  const boxes = [["First day", first], ["Last day", whole]].map(([name, day], at) =>
    el("input", { type: "date", value: day, id: at ? `${id}-end` : id, "aria-label": t(name) }));
  for (const box of boxes) {
    box.onchange = () => {
      const [from, to] = boxes.map((one) => one.value);
      if (from) changed(to && to !== from ? `${from}/${to}` : from);
    };
  }
  return el("div", { className: "days" }, ...boxes);
};

// The targets that the form has ticked at this moment.
const chosenTargets = (site) => () => {
  const ticked = [...document.querySelectorAll("#field-targets input:checked")].map((one) => one.value);
  return site.targets.filter((one) => ticked.includes(one.id)).map((one) => one.id);
};

// A cover is one of the pictures in the text, as it stands when the box is opened.
const cover = (id, value, changed) => {
  const box = el("select", { id });
  const fill = () => {
    const text = document.getElementById("text")?.value ?? "";
    const names = new Set([...(box.value ? [box.value] : []), ...[...text.matchAll(/!\[[^\]]*\]\(<?([^\s()<>]+)/g)].map((one) => one[1])]);
    const now = box.value;
    box.replaceChildren(option("", t("—")), ...[...names].map((one) => option(one, one)));
    box.value = now;
  };
  box.append(option(value ?? "", value ?? t("—")));
  box.value = value ?? "";
  box.addEventListener("focus", fill);
  box.addEventListener("pointerdown", fill);
  box.onchange = () => changed(box.value || null);
  return box;
};

const made = (field, value, site, id, changed) => {
  if (field.type === "dates") {
    const found = days(value ?? "", id, changed);
    if (found) return found;
  }
  const known = { targets: site.targets, policies: site.policies }[field.type];
  if (known) return ticks(known, [value ?? []].flat(), changed);
  if (field.type === "tags") return chips(id, site.tags, [value ?? []].flat(), changed);
  if (field.type === "picture") return cover(id, value, changed);
  if (field.type === "counts") return counts(value, site, chosenTargets(site), changed);
  if (["requests", "object"].includes(field.type)) return rows(field, value, site, fieldOf, changed);
  if (LISTS.includes(field.type)) {
    const box = el("textarea", { id, rows: 2, value: [value ?? []].flat().join("\n"), placeholder: t("one in each line") });
    box.onchange = () => changed(box.value.split("\n").map((one) => one.trim()).filter(Boolean));
    return box;
  }
  const offered = choices(field, site);
  const box = offered
    ? el("select", { id }, option("", t("—")), ...offered.map((one) => option(one.value, one.label)))
    : field.type === "long"
      ? el("textarea", { id, rows: 3 })
      : el("input", { id, type: { date: "date", number: "number", bool: "checkbox" }[field.type] ?? "text" });
  if (field.type === "bool") {
    box.checked = ["true", true].includes(value);
    box.onchange = () => changed(String(box.checked));
    return box;
  }
  box.value = value ?? "";
  // A word that the file has and the form does not know stays as it is.
  if (offered && value && box.value !== value) { box.append(option(value, value)); box.value = value; }
  box.placeholder = field.example ?? "";
  box.addEventListener(offered ? "change" : "input", (event) => { if (!event.isComposing) changed(box.value || null); });
  box.addEventListener("compositionend", () => changed(box.value || null));
  return box;
};

export const fieldOf = (field, value, site, changed) => {
  const id = `field-${field.at ?? field.name}`;
  const box = made(field, value, site, id, (given) => changed({ [field.name]: given }));
  box.setAttribute("aria-describedby", `${id}-help ${id}-problem`);
  const isGroup = box.tagName === "DIV" && field.type !== "tags";
  const label = isGroup ? el("span", { id: `${id}-label` }, field.label) : el("label", { htmlFor: id }, field.label);
  if (isGroup) { box.id = id; box.setAttribute("role", "group"); box.setAttribute("aria-labelledby", `${id}-label`); }
  return el("div", { className: "field" }, label, box,
    el("p", { id: `${id}-help`, className: "help" }, field.help), el("p", { id: `${id}-problem`, className: "problem" }));
};
