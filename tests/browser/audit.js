// What a document holds that no text of a writer may bring about: elements, attributes and addresses that could run
// something, load something from elsewhere or lead a reader astray. Gives a list of complaints.
(root, base) => {
  const elements = new Set(
    ("html head title meta link script style body a abbr article aside blockquote br button caption circle code dd del " +
      "details div dl dt em figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr img input label legend li main " +
      "nav noscript ol option output p picture pre s search section select small source span strong sub summary sup svg table tbody td text " +
      "tfoot th thead time tr ul g line path rect wbr").split(" "),
  );
  const attributes = new Set(
    ("accesskey align alt autocapitalize enterkeyhint maxlength charset checked class content crossorigin datetime decoding defer disabled download fetchpriority for height hidden " +
      "href http-equiv id lang loading media name open placeholder property rel role scope sizes span src srcset start " +
      "tabindex title type value viewBox viewbox width x y x1 x2 y1 y2 d r cx cy fill autocomplete spellcheck min max step " +
      "colspan rowspan color xml:lang").split(" "),
  );
  const schemes = new Set(["http:", "https:", "mailto:", "tel:"]);
  const own = new URL(base);
  const found = [];
  const text = (node) => (node.outerHTML ?? node.data ?? "").slice(0, 200);

  const address = (node, value) => {
    let url;
    try {
      url = new URL(value, base);
    } catch {
      return null; // leads nowhere
    }
    if (!schemes.has(url.protocol) && url.protocol !== own.protocol) found.push(`scheme ${url.protocol}: ${text(node)}`);
    return url;
  };

  const walk = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) {
      if (node.nodeType !== Node.TEXT_NODE && node.nodeType !== Node.DOCUMENT_TYPE_NODE) found.push(`node ${node.nodeType}: ${text(node)}`);
      return;
    }
    const name = node.localName;
    if (!elements.has(name)) found.push(`element ${name}: ${text(node)}`);
    for (const { name: key, value } of node.attributes) {
      if (!attributes.has(key) && !/^(aria|data)-[a-z-]+$/.test(key)) found.push(`attribute ${key}: ${text(node)}`);
      // A picture that is written into a file that leaves the site; no bitmap holds a script.
      if (name === "img" && key === "src" && /^data:image\/(png|jpeg|gif|webp);base64,[\w+/=]*$/.test(value)) continue;
      if (/^(href|src|action|formaction|poster|cite|ping|background)$/.test(key)) {
        const url = address(node, value);
        const isLoad = name !== "a" && node.rel !== "canonical";
        const isForeign = url && url.host !== own.host;
        if (isForeign && isLoad) found.push(`load: ${text(node)}`);
        const isWeb = url && /^https?:$/.test(url.protocol) && (isForeign || /^\s*https?:/i.test(value));
        if (isWeb && !/^https?:\/\/[^/\\]/i.test(value)) found.push(`disguise: ${text(node)}`);
      }
      if (key === "srcset") for (const one of value.split(",")) if (address(node, one.trim().split(" ")[0])?.host !== own.host) found.push(`load: ${text(node)}`);
    }
    if (name === "script" && node.type === "application/ld+json") {
      try {
        JSON.parse(node.textContent);
      } catch (error) {
        found.push(`JSON: ${error}`);
      }
    } else if (name === "script" && node.textContent.startsWith('for(const n of["large","contrast"])try{') && node.textContent.length < 150) {
      // The theme's own, whose hash is in the policy.
    } else if (name === "script" && (!/(^|\/)(assets|\.rizhi)\/[a-z-]+\.js$/.test(node.getAttribute("src") ?? "") || node.textContent)) {
      found.push(`script: ${text(node)}`);
    }
    if (name === "meta" && /^refresh$/i.test(node.httpEquiv) && !/^0; url=(\.\.\/|\.\/)/.test(node.content)) found.push(`refresh: ${text(node)}`);
    if (name === "style" && node.closest("body")) found.push(`style: ${text(node)}`);
    for (const child of node.childNodes) walk(child);
  };
  for (const node of root.childNodes) walk(node);
  return found;
}
