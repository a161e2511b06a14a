// Elements, made of values only: nothing that a person wrote is ever read as HTML.
export const el = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && !name.startsWith("aria")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
};

// What a screen reader is told.
export const say = (text) => { document.getElementById("said").textContent = text; };
