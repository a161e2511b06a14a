// Requests: new ones, and what became of earlier ones. Their ids are made here; nobody has to think of one.
import { here } from "./api.js";
import { mayGo } from "./dialogs.js";
import { bar, button, el } from "./dom.js";
import { numbered } from "./groups.js";
import { guarded } from "./names.js";
import { strangers } from "./strange.js";
import { t } from "./texts.js";

// An id that no request of the site has, made of the entry's day.
const freshId = (site, entries) => {
  const day = document.getElementById("field-date-start")?.value.replaceAll("-", "") ?? "";
  return numbered(`r${day}-`, [...site.requests, ...entries].map((one) => one.id));
};
const ALWAYS = ["title", "target", "status", "note"];
const FOLLOWED = ["status", "note"];

export const requests = (field, value, site, fieldOf, changed) => {
  const entries = structuredClone([value ?? []].flat());
  const box = el("div", { className: "rows" });
  // A new row says nothing yet.
  const isBlank = (entry) => !known(entry) && !Object.keys(entry).some((key) => !["id", "status"].includes(key));
  const give = () => {
    const given = entries.filter((entry) => !isBlank(entry));
    changed(given.length ? structuredClone(given) : null);
  };
  const labels = Object.fromEntries(field.fields.find((one) => one.name === "status").choices.map((one) => [one.value, one.label]));
  const known = (entry) => site.requests.find((one) => one.id === entry.id);
  const isFollowed = (entry) => !entry.title && Boolean(known(entry));
  const rowOf = (entry, at) => {
    const legend = el("legend");
    const name = () => { legend.textContent = entry.title || known(entry)?.title || `${field.label} ${at + 1}`; };
    const edited = (fresh) => {
      Object.assign(entry, fresh);
      for (const [key, given] of Object.entries(fresh)) if (given === null || given === "" || given.length === 0) delete entry[key];
      name();
      give();
    };
    const plain = (one) => (given) => fieldOf({ ...one, at: `${field.name}-${at}-${one.name}` }, entry[one.name], site, given);
    // Later entries know by it the request that this one raises.
    const nodeOf = (one) => (one.name !== "id" || isFollowed(entry) ? plain(one)(edited) : guarded(plain(one), field.name, {
      known: () => [entry.id].filter(Boolean), written: ([id = null]) => edited({ id }), changed: edited,
      isTaken: (name) => [...site.requests.filter(({ path }) => path !== here()), ...entries.filter((other) => other !== entry)].some(({ id }) => id === name) }));
    const shown = isFollowed(entry) ? FOLLOWED : ALWAYS;
    name();
    return el("fieldset", {}, legend,
      isFollowed(entry) && el("p", { className: "help" }, t("So far:"), ` ${known(entry).since} · ${labels[known(entry).status] ?? known(entry).status}`),
      el("div", { className: "fields" }, shown.map((name) => field.fields.find((one) => one.name === name)).map((one) =>
        // A title is needed of a request that is new.
        nodeOf({ ...one, required: one.required || (one.name === "title" && !isFollowed(entry)) }))),
      strangers(field.fields, entry, `${field.name}-${at}-`, edited),
      el("details", {}, el("summary", {}, t("More")), el("div", { className: "fields" }, field.fields.filter((one) => !shown.includes(one.name)).sort((one, other) => (one.name === "id") - (other.name === "id")).map(nodeOf))),
      button(t("Remove"), async () => {
        if (entry.title && !await mayGo(field.name, entry.id, entry.title)) return;
        entries.splice(entries.indexOf(entry), 1);
        show();
        give();
      }));
  };
  const add = (entry) => {
    entries.push(entry);
    show();
    give();
    box.querySelector(":scope > fieldset:last-of-type :is(input, select, textarea)")?.focus();
  };
  const show = () => {
    const open = site.requests.filter((one) => !entries.some((entry) => entry.id === one.id));
    const earlier = el("select", { "aria-label": t("An earlier request that went on") }, el("option", { value: "" }, t("An earlier request that went on")),
      open.map((one) => el("option", { value: one.id }, `${one.title || one.id} · ${labels[one.status] ?? one.status}`)));
    earlier.onchange = () => { if (earlier.value) add({ id: earlier.value, status: known({ id: earlier.value }).status }); };
    box.replaceChildren(...entries.map(rowOf), bar(
      button(t("New request"), () => add({ id: freshId(site, entries), status: "raised" })), ...(open.length ? [earlier] : [])));
  };
  show();
  return box;
};
