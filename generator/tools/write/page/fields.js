// A field of a form: a box by its type, with its label, help and problems.
import { DAYS, el, wrongOf } from "./dom.js";
import { chip, chips, counts, rows } from "./groups.js";
import { requests } from "./requests.js";
import { fits, strange } from "./strange.js";
import { t } from "./texts.js";
import { whenTyped } from "./typing.js";

const option = (value, text) => el("option", { value }, text);
const choices = (field, site) =>
  field.choices
  ?? { target: site.targets, kind: site.kinds, person: site.persons.filter((one) => one.role !== "private") }[field.type]?.map((one) => ({ value: one.id, label: one.name }));
const LISTS = ["list", "persons"];
const MANY = 12;

// A list of what is known is ticked; what was ticked before comes first, since not all may be in view. A long one can be
// searched. What is known no longer can only be taken off.
const namesOf = (one) => [one.id, one.name, ...(one.names ?? [])];
const ticks = (known, value, changed, none) => {
  const chosen = new Set(value);
  const gone = value.filter((name) => !known.some((one) => namesOf(one).includes(name))).map((name) => chip(name, (node) => {
    node.remove();
    chosen.delete(name);
    changed([...chosen]);
  }, "bad"));
  const isOn = (one) => namesOf(one).some((name) => value.includes(name));
  const labels = [...known].sort((one, other) => isOn(other) - isOn(one)).map((one) => {
    const box = el("input", { type: "checkbox", checked: isOn(one), value: one.id });
    box.onchange = () => {
      for (const name of namesOf(one)) chosen.delete(name);
      if (box.checked) chosen.add(one.id);
      changed([...chosen]);
    };
    return el("label", {}, box, one.name ?? one.title);
  });
  const search = el("input", { type: "search", placeholder: t("Search"), "aria-label": t("Search"), autocomplete: "off" });
  search.oninput = () => {
    for (const one of labels) one.hidden = !one.textContent.includes(search.value.trim()) && !one.firstChild.checked;
  };
  return el("div", {}, gone.length > 0 && el("ul", { className: "chips" }, gone), known.length > MANY && search, known.length ? el("div", { className: "ticks" }, labels) : el("p", { className: "help" }, none));
};

const days = (value, id, changed) => {
  const [first = "", last = ""] = String(value).split("/");
  if (value && !/^\d{4}-\d\d-\d\d(\/[\d-]+)?$/.test(value)) return null;
  const whole = last && first.slice(0, first.length - last.length) + last;
  const boxes = [["First day", first], ["Last day", whole]].map(([name, day], at) => {
    const box = el("input", { ...DAYS, value: day, id: at ? `${id}-end` : `${id}-start` });
    box.onchange = () => {
      const [from, to] = boxes.map((one) => one.value);
      boxes[1].min = from || DAYS.min;
      if (!boxes.some(wrongOf)) changed(from && to && to !== from ? `${from}/${to}` : from || null);
    };
    return box;
  });
  // A browser shows no day that there is not.
  if (boxes[0].value !== first || boxes[1].value !== whole) return null;
  boxes[1].min = first || DAYS.min;
  return el("div", { className: "days" }, ["First day", "Last day, if there are several"].map((name, at) =>
    el("span", {}, el("label", { htmlFor: boxes[at].id }, t(name)), boxes[at])));
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
    const now = box.value;
    const names = new Set([...(now ? [now] : []), ...[...text.matchAll(/!\[[^\]]*\]\(<?([^\s()<>]+)/g)].map((one) => one[1])]);
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

const lines = (id, value, changed) => {
  const box = el("textarea", { id, rows: 2, value: [value ?? []].flat().join("\n"), placeholder: t("one in each line") });
  whenTyped(box, () => changed(box.value.split("\n").map((one) => one.trim()).filter(Boolean)));
  return box;
};
const select = (id, offered, value, changed) => {
  const box = el("select", { id }, option("", t("—")), offered.map((one) => option(one.value, one.label)));
  box.value = offered.find((one) => value && [one.value, one.label].includes(value))?.value ?? value ?? "";
  // A word that the file has and the form does not know stays as it is.
  if (value && !box.value) { box.append(option(value, value)); box.value = value; }
  box.onchange = () => changed(box.value || null);
  return box;
};

const made = (field, value, site, id, changed) => {
  if (field.type === "dates") {
    const found = days(value ?? "", id, changed);
    if (found) return found;
  }
  const known = { targets: site.targets, policies: site.policies }[field.type];
  if (known) return ticks(known, [value ?? []].flat(), changed, t(field.type === "policies" ? "There is none yet. Make one in the list, under “Policies”." : "There is none yet."));
  if (field.type === "tags") return chips(id, site.tags, [value ?? []].flat(), changed);
  if (field.type === "picture") return cover(id, value, changed);
  if (field.type === "counts") return counts(value, site, chosenTargets(site), changed);
  if (field.type === "requests") return requests(field, value, site, fieldOf, changed);
  if (field.type === "object") return rows(field, value, site, fieldOf, changed);
  if (LISTS.includes(field.type)) return lines(id, value, changed);
  // A flag that is not written may mean either: it is asked, not ticked.
  const offered = field.type === "bool" ? [{ value: "true", label: t("yes") }, { value: "false", label: t("no") }] : choices(field, site);
  if (offered) return select(id, offered, value, changed);
  const isDay = field.type === "date" && /^(\d{4}-\d\d-\d\d)?$/.test(value ?? "");
  const box = field.type === "long" ? el("textarea", { id, rows: 3 })
    : el("input", { id, ...(isDay ? DAYS : { type: "text" }), inputMode: field.type === "number" ? "numeric" : "", autocomplete: "off" });
  box.value = value ?? "";
  if (isDay && !box.value && value) Object.assign(box, { type: "text", value });
  box.placeholder = field.example && !isDay ? `${t("For example:")} ${field.example}` : "";
  whenTyped(box, () => { if (!wrongOf(box)) changed(box.value || null); });
  return box;
};

const NARROW = ["part", "place", "weather", "number", "level", "issuer", "topic", "kind", "short_name", "unit", "label", "status", "target", "role", "reopened", "major", "shared", "search", "allow_svg", "originals"];

export const fieldOf = (field, value, site, changed) => {
  const id = `field-${field.at ?? field.name}`;
  if (!fits(field, value)) {
    return strange(field.at ?? field.name, field.label, value, (node) => {
      node.replaceChildren(fieldOf(field, null, site, changed));
      changed({ [field.name]: null });
    });
  }
  const box = made(field, value, site, id, (given) => changed({ [field.name]: given }));
  (field.type === "tags" ? box.querySelector("input") : box).setAttribute("aria-describedby", `${id}-help ${id}-problem`);
  const isGroup = box.tagName === "DIV" && field.type !== "tags";
  const name = [field.label, field.required && el("span", { className: "needed" }, ` ${t("needed")}`)];
  const label = isGroup ? el("span", { id: `${id}-label`, className: "label" }, name) : el("label", { htmlFor: id }, name);
  if (isGroup) { box.id = id; box.setAttribute("role", "group"); box.setAttribute("aria-labelledby", `${id}-label`); }
  return el("div", { ...(field.required && { "data-required": "" }), className: `field ${NARROW.includes(field.name) ? "narrow" : ""} ${field.type}` }, label, box,
    el("p", { id: `${id}-help`, className: "help" }, field.help), el("p", { id: `${id}-problem`, className: "problem" }));
};
