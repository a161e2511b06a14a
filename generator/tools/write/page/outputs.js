// The site built as a whole, and documents made of it.
import { ask, fetched } from "./api.js";
import { asked, button, DAYS, el, select, today } from "./dom.js";
import { showProblems } from "./problems.js";
import { t } from "./texts.js";

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// Shows how far a job is until it ends.
const watched = async (id, room) => {
  const bar = el("progress", { "aria-label": t("Progress") }), told = el("p", { role: "status" }), problems = el("div", { hidden: true });
  room.replaceChildren(told, bar, problems);
  for (;;) {
    const job = await ask("GET", `job/${id}`);
    told.textContent = job.message || t("Working");
    if (job.of) Object.assign(bar, { max: job.of, value: job.done });
    if (job.state === "running") { await pause(300); continue; }
    bar.remove();
    showProblems(job.problems, null, problems);
    told.after(...job.notes.map((one) => el("p", {}, one)));
    if (job.download) {
      const link = el("a", { href: await fetched(`job/${id}/file`), download: job.download, className: "main" }, `${t("Save")} ${job.download}`);
      told.after(el("p", {}, link));
      link.focus();
    }
    return;
  }
};

// A window whose button begins a job, of which it shows how it goes.
const begun = (title, address, boxes, values, name) => {
  const room = el("div");
  return asked(t(title), [boxes, room], name, async () => {
    room.replaceChildren();
    await watched((await ask("POST", address, values())).job, room);
  }, "Close");
};
const labelled = (name, box, help) => el("div", { className: "field" }, el("label", { htmlFor: box.id }, t(name)), box, help && el("p", { className: "help" }, t(help)));

export const build = () => {
  const folder = el("input", { id: "folder", autocomplete: "off" });
  return begun("Build the site", "build", [el("p", {}, t("All that is no draft is put together as a website. While something is wrong, the site stays as it was.")),
    labelled("Another folder", folder, "Empty: the usual folder, “output”. With the whole path of another folder, such as D:\\website, the site can be read there without a server.")],
  () => ({ folder: folder.value.trim() || null }), "Build");
};
const FORMATS = [["docx", t("Word file")], ["html", t("Web page")], ["pdf", "PDF"], ["md", "Markdown"]];
export const exportEntry = (path) => {
  const format = select("format", [...FORMATS, ["wechat", t("For WeChat: unpack it, and open copy.html")]]);
  return begun("Export as a document", "export", [labelled("Format", format)], () => ({ format: format.value, path }), "Export");
};
const exported = (site) => {
  const format = select("format", FORMATS);
  const from = el("input", { id: "from", ...DAYS }), to = el("input", { id: "to", ...DAYS });
  const target = select("target", [["", t("All")], ...site.targets.map((one) => [one.id, one.name])]);
  return begun("Export as a document", "export", [labelled("Format", format), labelled("First day", from), labelled("Last day", to), labelled("Service target", target)],
    () => ({ format: format.value, from: from.value || null, to: to.value || null, target: target.value || null }), "Export");
};

const report = (site) => {
  const period = select("period", [["week", t("A week")], ["month", t("A month")], ["year", t("A year")], ["days", t("Other days")]]);
  const from = el("input", { id: "from", required: true, ...DAYS, value: today() }), to = el("input", { id: "to", ...DAYS });
  const last = labelled("Last day", to), first = labelled("A day in it", from);
  const target = select("target", [["", t("All")], ...site.targets.map((one) => [one.id, one.name])]);
  const format = select("format", FORMATS);
  const full = el("input", { id: "full", type: "checkbox" });
  const fit = () => {
    last.hidden = period.value !== "days";
    first.querySelector("label").textContent = t(last.hidden ? "A day in it" : "First day");
  };
  period.onchange = fit;
  fit();
  return begun("Write a report", "report", [labelled("Period", period), first, last, labelled("Service target", target), labelled("Format", format),
    el("div", { className: "ticks" }, el("label", {}, full, t("With the texts of the entries")))],
  () => ({ period: period.value, from: from.value || null, to: to.value || null, target: target.value || null, format: format.value, full: full.checked }), "Write the report");
};

export const outputBar = (site) => [button(t("Build the site"), build), button(t("Export as a document"), () => exported(site)), button(t("Write a report"), () => report(site))];
