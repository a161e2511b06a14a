// The site published as a whole, and documents made of it.
import { ask, fetched } from "./api.js";
import { button, dialog, el } from "./dom.js";
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
    if (job.download) {
      const link = el("a", { href: await fetched(`job/${id}/file`), download: job.download, className: "main" }, `${t("Save")} ${job.download}`);
      told.after(el("p", {}, link));
      link.focus();
    }
    return;
  }
};

// A window with boxes and a button that begins a job.
const asked = (title, address, boxes, values, begin) => dialog(t(title), (close) => {
  const room = el("div");
  const start = el("button", { className: "main" }, t(begin));
  return [el("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      start.disabled = true;
      try {
        await watched((await ask("POST", address, values())).job, room);
      } catch (error) { room.replaceChildren(el("p", { className: "problem", role: "alert" }, error.message || t("The program does not answer."))); }
      start.disabled = false;
    },
  }, boxes, room, el("div", { className: "bar" }, start, button(t("Close"), () => close())))];
});
const labelled = (name, box, help) => el("div", { className: "field" }, el("label", { htmlFor: box.id }, t(name)), box, help && el("p", { className: "help" }, t(help)));
const select = (id, all) => el("select", { id }, all.map(([value, text]) => el("option", { value }, text)));

export const build = () => {
  const folder = el("input", { id: "folder", autocomplete: "off" });
  return asked("Build the site", "build", [el("p", {}, t("All that is no draft is put together as a website. While something is wrong, the site stays as it was.")),
    labelled("Another folder", folder, "Empty: the usual folder, “output”. With the whole path of another folder, such as D:\\website, the site can be read there without a server.")],
  () => ({ folder: folder.value.trim() || null }), "Build");
};
const exported = (site) => {
  const format = select("format", [["docx", t("Word file")], ["pdf", "PDF"], ["html", t("Web page")], ["md", "Markdown"]]);
  const from = el("input", { id: "from", type: "date" }), to = el("input", { id: "to", type: "date" });
  const target = select("target", [["", t("All")], ...site.targets.map((one) => [one.id, one.name])]);
  return asked("Export as a document", "export", [labelled("Format", format), labelled("First day", from), labelled("Last day", to), labelled("Service target", target)],
    () => ({ format: format.value, from: from.value || null, to: to.value || null, target: target.value || null }), "Export");
};

export const outputBar = (site) => [button(t("Build the site"), build), button(t("Export as a document"), () => exported(site))];
