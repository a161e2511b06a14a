// Asks the server. What is refused is thrown with its status and the problems that the server names.
const token = document.querySelector("meta[name=rizhi-token]").content;

export class Refused extends Error {
  constructor(status, answer) {
    super((answer.problems ?? []).map((one) => [one.message, one.hint].filter(Boolean).join(" ")).join("\n"));
    Object.assign(this, { status, answer });
  }
}

export const ask = async (method, address, sent) => {
  const response = await fetch(`api/${address}`, {
    method,
    headers: { "X-Rizhi-Token": token, ...(sent && { "Content-Type": "application/json" }) },
    ...(sent && { body: JSON.stringify(sent) }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
};
export const fileAt = (path) => `file?path=${encodeURIComponent(path)}`;
