// Asks the server. What is refused is thrown with its status and the problems that the server names; where the program
// cannot be reached, the status is 0.
import { t } from "./texts.js";

let token = document.querySelector("meta[name=rizhi-token]").content;

class Refused extends Error {
  constructor(status, answer) {
    super((answer.problems ?? []).map((one) => [one.message, one.hint].filter(Boolean).join("\n")).join("\n") || t("The program does not answer."));
    Object.assign(this, { status, answer });
  }
}

const reached = (address, options) => fetch(address, options).catch(() => { throw new Refused(0, {}); });

// Sites are written at the same address, one after the other: what somebody has typed into one is for no other.
let site = "";
const siteOf = (response) => {
  const found = response.headers.get("X-Rizhi-Site") ?? "";
  if (site && found !== site) throw new Refused(0, { problems: [{ message: t("Another site is open at this address now. Open this one again to go on with it.") }] });
  site = found;
  return site;
};

// The program was started anew since: its new token stands in the page as it is now.
const renewed = async (old) => {
  const response = await reached("./");
  siteOf(response);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  token = page.querySelector("meta[name=rizhi-token]")?.content ?? token;
  return token !== old;
};

const send = async (method, address, options) => {
  const sent = token;
  const once = () => reached(`api/${address}`, { ...options, method, headers: { ...options.headers, "X-Rizhi-Token": token } });
  const response = await once();
  return response.status === 403 && await renewed(sent) ? once() : response;
};

const passed = async (response) => {
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  return response;
};
// An answer that breaks off is none.
const answered = async (response) => (await passed(response)).json().catch(() => { throw new Refused(0, {}); });

export const ask = async (method, address, sent, signal = null) =>
  answered(await send(method, address, { signal, ...(sent && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) }) }));

// Sends a file as it is.
export const give = async (address, file) => answered(await send("POST", address, { body: file }));

// Something that only the token opens, as an address that the page may show or save.
export const fetched = async (address) => {
  const response = await passed(await send("GET", address, {}));
  return URL.createObjectURL(await response.blob());
};

export const fileAt = (path) => `file?path=${encodeURIComponent(path)}`;
// What was typed and gives way is kept among the earlier states of its file.
export const giveUp = (path, typed) => ask("POST", `kept?path=${encodeURIComponent(path)}`, typed);
// The file that is shown; an address that was copied in part leads to the list.
export const here = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; } };
export const linkTo = (path) => `#${encodeURIComponent(path)}`;

// Gives what this site is known by, once it is open there.
export const siteId = async () => siteOf(await reached("./", { method: "HEAD" }));
