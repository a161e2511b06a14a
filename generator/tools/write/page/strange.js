// What stands in a file and has no box, or does not fit into it: shown as it is, to be taken off without the file being opened.
import { button, el, quoted } from "./dom.js";
import { t } from "./texts.js";

const isPlain = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const LISTS = ["targets", "policies", "tags", "list", "persons"];

// Whether a value is of the shape that the boxes of a field show.
export const fits = (field, value) => {
  if (value === undefined || value === null || value === "") return true;
  if (LISTS.includes(field.type)) return [value].flat().every(isText);
  if (field.type === "requests" || (field.many && !field.keyed)) return [value].flat().every(isPlain);
  return field.type === "counts" || field.type === "object" ? isPlain(value) : isText(value);
};

export const strange = (at, label, value, away) => {
  const id = `field-${at}`;
  const take = button(t("Remove"), () => away(node));
  take.setAttribute("aria-label", `${t("Remove")} ${label}`);
  const node = el("div", { className: "field" }, el("span", { className: "label" }, label),
    quoted(label, isText(value) ? value : JSON.stringify(value, null, 1)), el("p", {}, take), el("p", { id: `${id}-problem`, className: "problem" }));
  return node;
};

// The values under names that a form does not know.
export const strangers = (fields, value, at, changed) => Object.keys(isPlain(value) ? value : {})
  .filter((name) => !fields.some((one) => one.name === name))
  .map((name) => strange(`${at}${name}`, name, value[name], (node) => { node.remove(); changed({ [name]: null }); }));
