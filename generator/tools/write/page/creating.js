// Makes a new file of the fields that it must have, in a window; gives its path, null where it was left.
import { ask } from "./api.js";
import { asked, today } from "./dom.js";
import { fieldOf } from "./fields.js";
import { asksToFill } from "./problems.js";
import { t } from "./texts.js";

export const created = (kind, site) => {
  const given = kind === "entry" ? { date: today() } : {};
  const boxes = site.forms[kind].filter((field) => field.required)
    .map((field) => fieldOf(field, given[field.name], site, (one) => Object.assign(given, one)));
  return asked(t(`New ${kind}`), boxes, "Create",
    async (form) => (asksToFill(form) ? undefined : (await ask("POST", "file", { kind, fields: given, text: "" })).path));
};
