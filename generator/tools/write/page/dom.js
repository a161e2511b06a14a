// Elements, made of values only: nothing that a person wrote is ever read as HTML.
export const el = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && !name.startsWith("aria")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((one) => one || one === 0));
  return made;
};
export const button = (text, onclick, className = "") => el("button", { type: "button", onclick, className }, text);

// What a screen reader is told.
export const say = (text) => { document.getElementById("said").textContent = text; };

// A window over the page. `fill` gets a function that closes it, and makes what is in it; the promise gives what it was
// closed with, null where it was only left. It closes with the page over which it stands.
export const dialog = (title, fill) => new Promise((done) => {
  let given = null;
  const window = el("dialog", { "aria-label": title });
  window.append(el("h2", {}, title), ...fill((value = null) => { given = value; window.close(); }));
  const left = () => window.close();
  addEventListener("hashchange", left);
  window.onclose = () => { removeEventListener("hashchange", left); window.remove(); done(given); };
  document.body.append(window);
  window.showModal();
});
