// Only in the preview: an open page follows the content and shows problems to its author.
// A plugin of livereload.js, which calls `reload` after each save and each time it connects.
(() => {
  "use strict";
  const { made, frame } = document.currentScript.dataset;
  const SCROLL = "dossier-preview-scroll";
  let shown = made;
  let leaving = false;
  let looking = false;
  let again = false;
  let hidden = "";

  class Plugin {
    static identifier = "dossier";
    static version = "1";
    reload() {
      look();
      return true;
    }
  }
  window.LiveReloadPluginDossier = Plugin;

  /** Check whether this page is current: one check at a time, and another if requested meanwhile. */
  async function look() {
    again = true;
    if (looking) return;
    looking = true;
    try {
      while (again && !leaving) {
        again = false;
        await follow();
      }
    } catch {
      // the server is gone; livereload.js connects again when it is back, and requests a check
    }
    looking = false;
  }

  async function follow() {
    const address = `/-/preview/state?path=${encodeURIComponent(location.pathname)}`;
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) return;
    const state = await response.json();
    if (state.frame !== frame) {
      leave();
      return;
    }
    if (state.made !== shown) {
      await swapStyles();
      shown = state.made;
    }
    draw(state);
  }

  /** Load the page again, at the same scroll position. */
  function leave() {
    leaving = true;
    const place = { path: location.pathname, left: scrollX, top: scrollY };
    sessionStorage.setItem(SCROLL, JSON.stringify(place));
    location.reload();
  }

  function returnToPlace() {
    const place = JSON.parse(sessionStorage.getItem(SCROLL) || "null");
    sessionStorage.removeItem(SCROLL);
    if (place && place.path === location.pathname) {
      scrollTo({ left: place.left, top: place.top, behavior: "instant" });
    }
  }

  /** Replace the styles by the current ones, and nothing else. */
  async function swapStyles() {
    const text = await (await fetch(location.href, { cache: "no-store" })).text();
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const styles = [...fresh.querySelectorAll("style")];
    document.querySelectorAll("style").forEach((style, n) => {
      if (styles[n] && style.textContent !== styles[n].textContent) {
        style.textContent = styles[n].textContent;
      }
    });
    const sheets = [...fresh.querySelectorAll("link[rel=stylesheet]")];
    document.querySelectorAll("link[rel=stylesheet]").forEach((link, n) => {
      if (!sheets[n] || sheets[n].href === link.href) return;
      const sheet = document.importNode(sheets[n]);
      sheet.addEventListener("load", () => link.remove());
      link.after(sheet);
    });
  }

  /** Create an element; false children are left out, strings become text. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== "") element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter(Boolean));
    return element;
  }

  const host = make("dossier-preview", {});
  const root = host.attachShadow({ mode: "open" });
  const panel = make("section", { class: "problems", role: "alert", "aria-label": "Problems" });
  const bar = make("aside", { class: "bar", "aria-label": "For authors" });
  const sheet = make("link", { rel: "stylesheet", href: "/-/preview/author.css" });
  host.style.display = "none";
  sheet.addEventListener("load", () => (host.style.display = ""));
  root.append(sheet, panel, bar);

  function draw(state) {
    const errors = state.problems.filter((one) => one.severity === "error");
    const warnings = state.problems.filter((one) => one.severity !== "error");
    drawPanel(errors);
    drawBar(state, errors, warnings);
    markLinks(state.held);
    if (!host.isConnected) document.body.append(host);
  }

  function drawPanel(errors) {
    const key = JSON.stringify(errors);
    panel.hidden = errors.length === 0 || hidden === key;
    if (panel.dataset.key === key) return;
    panel.dataset.key = key;
    const close = make("button", { type: "button" }, "Hide");
    close.addEventListener("click", () => hide(key));
    const count = errors.length === 1 ? "1 problem" : `${errors.length} problems`;
    panel.replaceChildren(
      make(
        "header",
        {},
        make("h2", {}, count),
        make("p", {}, "This is the last version without errors. It updates once the problems are fixed."),
        close,
      ),
      make("ol", {}, errors.map(problem)),
    );
  }

  function hide(key) {
    hidden = key;
    panel.hidden = true;
  }

  function problem(one) {
    return make(
      "li",
      { class: one.severity },
      make("p", { class: "message" }, one.message),
      make("p", { class: "place" }, one.href ? make("a", { href: one.href }, one.place) : one.place),
      one.lines.length > 0 && make("pre", { tabindex: "0" }, one.lines.map(line)),
      one.hint && make("p", { class: "hint" }, one.hint),
    );
  }

  function line({ number, text, caret }) {
    const at = Math.max(0, caret - 1);
    const words = caret
      ? [text.slice(0, at), make("mark", {}, text.slice(at, at + 1) || " "), text.slice(at + 1)]
      : [text];
    return make(
      "span",
      { class: caret ? "line at" : "line" },
      make("span", { class: "number" }, String(number)),
      make("span", { class: "words" }, words),
    );
  }

  function drawBar(state, errors, warnings) {
    const opened = [...bar.querySelectorAll("details[open]")].map((one) => one.className);
    const { source, saved } = state;
    bar.replaceChildren(
      ...[
        errors.length > 0 && errorButton(errors),
        state.notice && make("p", { class: "standing" }, state.notice),
        source && make("p", { class: "source" }, make("a", { href: source.href }, source.path), ` ${count(source.lines, "line")}`),
        warnings.length > 0 && drawer("warnings", warningsLabel(warnings), make("ol", {}, warnings.map(problem))),
        saved && drawer("saved", savedLabel(saved), changes(saved)),
      ].filter(Boolean),
    );
    for (const name of opened) bar.querySelector(`.${name}`)?.setAttribute("open", "");
  }

  function errorButton(errors) {
    const button = make("button", { type: "button", class: "errors" }, count(errors.length, "problem"));
    button.addEventListener("click", () => {
      panel.hidden = !panel.hidden;
      hidden = panel.hidden ? panel.dataset.key : "";
    });
    return button;
  }

  function warningsLabel(warnings) {
    const here = warnings.filter((one) => one.here).length;
    return count(warnings.length, "warning") + (here > 0 ? `, ${here} on this page` : "");
  }

  function savedLabel({ count: number, whole }) {
    if (!number) return whole ? "This save changes no page" : "Checking what this save changes …";
    return `This save changes ${whole ? "" : "at least "}${count(number, "page")}`;
  }

  function changes({ files, count: number, pages }) {
    return make(
      "div",
      {},
      make("p", {}, files.slice(0, 6).join(", "), files.length > 6 && " …"),
      make("ul", {}, pages.map((page) => make("li", {}, make("a", { href: page.href }, page.title)))),
      number > pages.length && make("p", {}, `… and ${number - pages.length} more`),
    );
  }

  function drawer(name, label, ...content) {
    return make("details", { class: name }, make("summary", {}, label), make("div", { class: "drawer" }, content));
  }

  function count(number, noun) {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
  }

  /** Add a note beside each link to a page that is held back. */
  function markLinks(held) {
    document.querySelectorAll("[data-preview-mark]").forEach((mark) => mark.remove());
    for (const link of document.querySelectorAll("main a[href]")) {
      const words = link.origin === location.origin && held[link.pathname];
      if (words) {
        const mark = make("span", { "data-preview-mark": true }, words);
        mark.style.cssText =
          "display:inline-block;margin-left:.4em;padding:0 .4em;border:1px dashed;border-radius:2px;" +
          "font:600 .75rem/1.25rem system-ui,sans-serif;letter-spacing:0;vertical-align:middle;opacity:.8";
        link.append(mark);
      }
    }
  }

  /**
   * Say that nobody answers any more; the next check, once somebody does, draws all anew. While the
   * site is being read, the answer to a check only takes long.
   */
  function end() {
    if (leaving || looking) return;
    const words = "The preview has ended. This page follows again once it is started.";
    const note = document.querySelector("[data-preview-note]"); // of a page that is not complete
    if (note) {
      note.lang = "en";
      note.textContent = words;
      return;
    }
    bar.replaceChildren(make("p", { class: "standing", role: "status" }, words));
    if (!host.isConnected) document.body.append(host);
  }

  document.addEventListener("LiveReloadDisconnect", end);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && panel.dataset.key) hide(panel.dataset.key);
  });
  returnToPlace();
  look();
})();
