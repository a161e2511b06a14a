// Filters the ledger of requests in place, by stage, kind and target together. Without scripts, each choice is a page.
"use strict";
(() => {
  const list = document.querySelector(".ledger tbody");
  const choices = [...document.querySelectorAll(".choices")];
  const pages = Number(list?.dataset.pages ?? 0);
  // A longer list would take longer to load than the page of a choice.
  if (!list || !choices.length || !pages || pages > 20) return;

  const said = document.createElement("output");
  said.className = "quiet";
  list.parentElement.before(said);
  const pager = document.querySelector(".pages");
  const chosen = new Map();
  let rows = null;

  const read = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Links are relative to the page that holds them.
    for (const link of page.querySelectorAll(".ledger a")) {
      link.href = new URL(link.getAttribute("href"), new URL(url, document.baseURI)).href;
    }
    return [...page.querySelectorAll(".ledger tbody > tr")].map((row) => document.adoptNode(row));
  };

  const all = async () => {
    if (rows) return rows;
    const others = [];
    for (let number = 2; number <= pages; number++) others.push(read(`page/${number}/`));
    rows = [...list.children, ...(await Promise.all(others)).flat()];
    return rows;
  };

  // A request may be both open and overdue; of kinds and targets it has one.
  const names = (row, by) => (by === "state" ? row.dataset.state.split(" ") : [row.dataset[by]]);
  const fits = (row) => [...chosen].every(([by, name]) => names(row, by).includes(name));

  const show = () => {
    const found = rows.filter(fits);
    list.replaceChildren(...found);
    if (pager) pager.hidden = true;
    said.textContent = list.dataset.said.replace("{n}", found.length);
    for (const nav of choices) {
      for (const link of nav.querySelectorAll("a")) {
        const isChosen = chosen.get(nav.dataset.by) === link.dataset.name;
        link.toggleAttribute("data-chosen", isChosen);
        if (isChosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  };

  for (const nav of choices) {
    nav.addEventListener("click", async (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        await all();
      } catch {
        // From a memory stick, nothing can be fetched: open the page of the choice instead.
        location.href = link.href;
        return;
      }
      const by = nav.dataset.by;
      if (chosen.get(by) === link.dataset.name) chosen.delete(by);
      else chosen.set(by, link.dataset.name);
      show();
    });
  }
})();
