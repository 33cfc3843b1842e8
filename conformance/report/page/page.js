"use strict";
// The page works without this script; with it, tables filter and exchanges open. Everything that comes from an answer
// goes into the document as text nodes only: the page's policy has no way to turn a text into markup.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("on");

  const node = (name, properties = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in made) made[key] = value; else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  // What a browser would obey or hide is written out, as in the rest of the report.
  const visible = (text) => String(text).replace(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (char) => {
    const code = char.codePointAt(0);
    return code < 256 ? "\\x" + code.toString(16).padStart(2, "0")
      : code < 65536 ? "\\u" + code.toString(16).padStart(4, "0") : "\\U" + code.toString(16).padStart(8, "0");
  });
  const plural = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // Blocks: raw deflate in base64, opened when somebody asks, and kept once opened.
  const opened = new Map();
  const unpack = (id) => {
    if (!opened.has(id)) {
      const bytes = Uint8Array.from(atob($("#" + id).textContent), (char) => char.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      opened.set(id, new Response(stream).json());
    }
    return opened.get(id);
  };
  let index;
  const listed = async () => {
    index ??= new Map((await unpack("index")).map((row) => [row[0], row]));
    return index;
  };

  // Light and dark.
  const stored = { get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
    set: (name) => { try { localStorage.setItem("theme", name); } catch { /* a file need not have a storage */ } } };
  if (stored.get()) document.documentElement.dataset.theme = stored.get();
  $("#theme").addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
    stored.set(document.documentElement.dataset.theme);
  });

  // Requirements: filter and search.
  const table = $("#table"), rows = $$("tbody tr", table), q = $("#q");
  table.classList.add("on");
  const haystack = new Map(rows.map((row) => [row, (row.textContent + " " + row.dataset.s).toLowerCase()]));
  const selects = { api: $("#f-api"), area: $("#f-area"), l: $("#f-level") };
  const boxes = $$("input[name=v]");
  const filter = () => {
    const words = q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let found = 0;
    for (const row of rows) {
      const shown = words.every((word) => haystack.get(row).includes(word)) && (!verdicts.size || verdicts.has(row.dataset.v))
        && Object.entries(selects).every(([key, select]) => !select.value || row.dataset[key] === select.value);
      row.hidden = !shown;
      found += shown;
      if (!shown) close(row);
    }
    $("#found").textContent = found === rows.length ? plural(found, "requirement") : `${found} of ${plural(rows.length, "requirement")}`;
  };
  const reset = () => { q.value = ""; boxes.forEach((box) => { box.checked = false; }); Object.values(selects).forEach((s) => { s.value = ""; }); };
  const form = q.form;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); reset(); filter(); if (location.hash.startsWith("#requirements?")) history.replaceState(null, "", "#requirements"); });
  const narrow = (query) => {
    const wanted = new URLSearchParams(query);
    reset();
    boxes.forEach((box) => { box.checked = wanted.getAll("verdict").includes(box.value); });
    selects.api.value = wanted.get("api") || ""; selects.area.value = wanted.get("area") || ""; selects.l.value = wanted.get("level") || "";
    q.value = wanted.get("q") || "";
    filter();
    $("#requirements").scrollIntoView();
  };

  // Requirements: a row opens to what is known of it.
  const close = (row) => {
    if (row.nextElementSibling?.classList.contains("detail")) row.nextElementSibling.remove();
    row.classList.remove("open");
    $("a", row).removeAttribute("aria-expanded");
  };
  const said = (term, ...content) => node("div", {}, node("dt", {}, term), node("dd", {}, ...content));
  const button = (id) => node("button", { type: "button", className: "x", "data-x": id }, id);
  const code = (text) => node("code", {}, visible(text));
  const open = async (row) => {
    if (row.classList.contains("open")) return;
    row.classList.add("open");
    $("a", row).setAttribute("aria-expanded", "true");
    const known = (await unpack("details"))[row.id];
    if (!row.classList.contains("open")) return;
    const list = node("dl");
    if (known.u) list.append(said("Untested", known.u));
    if (known.h) list.append(said("Check first", known.h));
    if (known.o.length) list.append(said("Operations", known.o.join(", ")));
    if (known.f.length) list.append(said("Members", ...known.f.flatMap((path) => [code(path), " "])));
    for (const [id, question] of known.r) list.append(said("Reading", `${id}: ${question}`));
    if (known.n) list.append(said("Judged by", plural(known.n, "test"), ...known.t.flatMap((test) => [node("br"), code(test)])));
    if (known.x.length) list.append(said("Exchanges", ...known.x.flatMap((id) => [button(id), " "])));
    if (!list.childElementCount) list.append(said("", "Nothing more is known of it."));
    row.after(node("tr", { className: "detail", role: "row" }, node("td", { colSpan: 5, role: "cell" }, list)));
  };
  table.addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row || row.classList.contains("detail") || event.target.closest("a.to")) return;
    if (event.target.closest("a")) { event.preventDefault(); history.replaceState(null, "", "#" + row.id); }
    if (row.classList.contains("open")) close(row); else open(row);
  });

  // One exchange: headers, pretty body, raw.
  const viewer = $("#viewer"), view = $("#view");
  const indented = (text) => {
    const start = text.trimStart()[0];
    return start === "{" || start === "[" ? json(text) : start === "<" ? xml(text) : [["", text]];
  };
  // Both work on pieces of the text as it came: nothing is parsed, so nothing is lost, rounded or repaired.
  const json = (text) => {
    const parts = [];
    let depth = 0;
    const line = () => parts.push(["", "\n" + "  ".repeat(Math.max(0, depth))]);
    const tokens = text.match(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs) || [];
    tokens.forEach((token, place) => {
      const next = tokens[place + 1];
      if (token === "{" || token === "[") { parts.push(["", token]); depth += 1; if (next !== "}" && next !== "]") line(); }
      else if (token === "}" || token === "]") { depth -= 1; if (!/^[{[]$/.test(tokens[place - 1] ?? "")) line(); parts.push(["", token]); }
      else if (token === ",") { parts.push(["", ","]); line(); }
      else if (token === ":") parts.push(["", ": "]);
      else parts.push([token[0] === '"' ? (next === ":" ? "k" : "s") : "l", token]);
    });
    return parts;
  };
  const xml = (text) => {
    const parts = [];
    let depth = 0, leaf = false;
    for (const token of text.match(/<[^>]*>?|[^<]+/g) || []) {
      if (token[0] !== "<") { if (token.trim()) { parts.push(["s", token]); leaf = true; } continue; }
      const closing = token.startsWith("</");
      if (closing) depth -= 1;
      if (parts.length && !(closing && leaf)) parts.push(["", "\n" + "  ".repeat(Math.max(0, depth))]);
      parts.push(["k", token]);
      leaf = !closing && !token.endsWith("/>") && !/^<[?!]/.test(token);
      if (leaf) depth += 1;
    }
    return parts;
  };
  const body = (text, rest) => {
    const holder = node("div");
    if (!text) { holder.append(node("p", { className: "muted" }, "no body")); return holder; }
    const pre = node("pre", { tabIndex: 0 }), tabs = node("div", { className: "tabs" });
    const show = (raw) => {
      const parts = raw ? [["", text]] : indented(text);
      pre.replaceChildren(...parts.map(([kind, part]) => kind ? node("span", { className: kind }, visible(part)) : visible(part)));
      for (const tab of tabs.children) tab.setAttribute("aria-pressed", String((tab.textContent === "Raw") === raw));
    };
    for (const name of ["Pretty", "Raw"]) {
      const tab = node("button", { type: "button" }, name);
      tab.addEventListener("click", () => show(name === "Raw"));
      tabs.append(tab);
    }
    show(false);
    holder.append(tabs, pre);
    if (rest) holder.append(node("p", { className: "muted" }, `${plural(rest, "further byte")} stand in the run file only.`));
    return holder;
  };
  const headers = (pairs) => node("table", { className: "list" }, node("tbody", {}, ...pairs.map(([name, value]) =>
    node("tr", {}, node("th", { scope: "row" }, visible(name)), node("td", {}, code(value))))));
  const copyable = (text) => {
    const copy = node("button", { type: "button", className: "copy" }, "Copy");
    return node("div", { className: "copyable" }, node("pre", { tabIndex: 0 }, node("code", {}, visible(text))), copy);
  };
  const show = async (id) => {
    const entry = (await listed()).get(id);
    const x = entry && (await unpack("block-" + entry[1])).find((row) => row[0] === id);
    $("#viewer-h").textContent = "Exchange " + id;
    if (x) {
      const [, operation, test, ms, method, url, sent, status, reason, came, asked, received, rest, unsent, curl, at] = x;
      view.replaceChildren(
        node("p", {}, code(`${method} ${url}`)),
        node("p", { className: "muted" }, visible(`${operation} · ${at} · ${ms} ms`), node("br"), visible(test || "before any test")),
        node("h3", {}, status === null ? "No answer" : `Answer: HTTP ${status} ${visible(reason)}`),
        ...(status === null ? [node("p", {}, visible(reason))] : [body(came, rest), node("h3", {}, "Its headers"), headers(received)]),
        node("h3", {}, "Question"), body(asked, unsent), node("h3", {}, "Its headers"), headers(sent),
        node("h3", {}, "curl"), copyable(curl));
    } else view.replaceChildren(node("p", {}, "This exchange is not in the page; it stands in the run file."));
    if (!viewer.open) viewer.showModal();
    view.scrollTop = 0;
    $("#viewer-h").focus();
  };
  $("#close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => { if (event.target === viewer) viewer.close(); });
  viewer.addEventListener("close", () => { if (/^#x\d/.test(location.hash)) history.replaceState(null, "", location.pathname + location.search); });

  // All exchanges: a list that grows by the hundred.
  const list = $("#list"), xq = $("#xq");
  let shown = 100;
  const draw = async () => {
    const words = xq.value.toLowerCase().split(/\s+/).filter(Boolean);
    const every = [...(await listed()).values()];
    const found = every.filter((row) => { const text = row.join(" ").toLowerCase(); return words.every((word) => text.includes(word)); });
    found.sort((a, b) => (a[0].length - b[0].length) || (a[0] < b[0] ? -1 : 1));
    $("#xfound").textContent = plural(found.length, "exchange");
    const cell = (...content) => node("td", { role: "cell" }, ...content);
    list.replaceChildren(node("table", { className: "list", role: "table" },
      node("thead", { role: "rowgroup" }, node("tr", { role: "row" },
        ...["Exchange", "Question", "Answer", "ms"].map((name) => node("th", { scope: "col", role: "columnheader" }, name)))),
      node("tbody", { role: "rowgroup" }, ...found.slice(0, shown).map((row) => node("tr", { role: "row" }, cell(button(row[0])),
        cell(code(`${row[3]} ${row[4].replace(/^https?:\/\/[^/]+/, "")}`), node("small", {}, visible(row[2]))),
        cell(String(row[5])), node("td", { className: "num", role: "cell" }, String(row[6])))))));
    if (found.length > shown) {
      const more = node("button", { type: "button", className: "more" }, `Show ${Math.min(100, found.length - shown)} more`);
      more.addEventListener("click", () => { shown += 100; draw(); });
      list.append(more);
    }
  };
  xq.form.addEventListener("submit", (event) => event.preventDefault());
  xq.addEventListener("input", () => { shown = 100; draw(); });
  new IntersectionObserver((entries, observer) => {
    if (entries.some((entry) => entry.isIntersecting)) { observer.disconnect(); draw(); }
  }, { rootMargin: "400px" }).observe($("#exchanges"));

  // Links: #OC-507, #OC-507-3fa2c1, #x00042, #requirements?verdict=fail.
  const route = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("requirements?")) return narrow(location.hash.slice("#requirements?".length));
    if (/^x\d+$/.test(hash)) return show(hash);
    const target = hash && document.getElementById(hash);
    if (!target) return undefined;
    if (rows.includes(target)) { if (target.hidden) { reset(); filter(); } open(target); }
    for (let holder = target.closest("details"); holder; holder = holder.parentElement.closest("details")) holder.open = true;
    target.scrollIntoView();
    return undefined;
  };
  addEventListener("hashchange", route);
  document.addEventListener("click", async (event) => {
    const exchange = event.target.closest("[data-x]");
    if (exchange) { show(exchange.dataset.x); return; }
    const again = event.target.closest('a[href^="#requirements?"]');
    if (again && again.hash === location.hash) narrow(again.hash.slice("#requirements?".length));
    const copy = event.target.closest(".copy");
    if (!copy) return;
    const text = $("code", copy.parentElement);
    try { await navigator.clipboard.writeText(text.textContent); } catch {
      getSelection().selectAllChildren(text); document.execCommand("copy");
    }
    copy.textContent = "Copied";
    setTimeout(() => { copy.textContent = "Copy"; }, 1500);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select, textarea, dialog") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault(); $("#requirements").scrollIntoView(); q.focus();
    }
  });
  route();
})();
