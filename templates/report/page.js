"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { texts, types, rows, contents, operations, models, groups, changes } = data;
  const pairs = { o: operations, m: models };
  const PORTION = 100;
  const find = (id) => document.getElementById(id);

  /* Elements are made of text nodes and attributes only; nothing is ever parsed as HTML. */
  const SVG = "http://www.w3.org/2000/svg";
  const fill = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const draw = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  /* The tables: see report_page/tables.py. */
  const shown = (pair) => contents[pair[1] >= 0 ? pair[1] : pair[0]];
  const fate = (pair) =>
    pair[0] === pair[1] ? "" : pair[0] < 0 ? "added" : pair[1] < 0 ? "removed" : "changed";
  const operation = (content) => ({
    name: texts[content[0]], method: texts[content[1]], path: texts[content[2]], effect: texts[content[3]],
    deprecated: content[4], said: texts[content[5]], rows: content[6],
  });
  const model = (content) => ({
    name: texts[content[0]], kind: texts[content[1]], travels: texts[content[2]],
    deprecated: content[3], said: texts[content[4]], rows: content[5],
  });
  const told = (kind, content) => (kind === "o" ? operation(content) : model(content));
  const row = (number) => {
    const [kind, name, type, required, notes, said] = rows[number];
    return { number, kind: texts[kind], name: texts[name], type: types[type], required, notes: texts[notes], said: texts[said] };
  };
  const isSent = (kind) => ["path", "query", "header", "cookie", "querystring", "body"].includes(kind);
  const named = (numbers) => numbers.flatMap((number) => types[rows[number][2]].filter((piece) => piece < 0).map((piece) => -1 - piece));
  const nameOf = (kind, number) => texts[shown(pairs[kind][number])[0]];
  const badge = (word) => (word ? el("span", { class: "fate " + word }, word) : null);

  let index = null;
  const users = () => {
    if (index === null) {
      index = models.map(() => ({ o: [], m: [] }));
      for (const kind of ["o", "m"]) {
        pairs[kind].forEach((pair, number) => {
          for (const target of new Set(named(told(kind, shown(pair)).rows))) index[target][kind].push(number);
        });
      }
    }
    return index;
  };

  /* Lists. */
  const link = (kind, number) => {
    const pair = pairs[kind][number];
    const one = told(kind, shown(pair));
    if (kind === "o") {
      return el("a", { href: "#o" + number },
        el("span", { class: "method " + one.effect }, one.method),
        el("span", { class: "call" }, one.name),
        el("span", { class: "said" }, one.said || one.path),
        badge(fate(pair)));
    }
    const fields = one.rows.filter((each) => texts[rows[each][0]] === "field").length;
    return el("a", { href: "#m" + number },
      el("span", { class: "count" }, one.kind === "record" ? fields + (fields === 1 ? " field" : " fields") : "type"),
      el("span", { class: "call" }, one.name),
      el("span", { class: "said" }, one.said || one.travels),
      badge(fate(pair)));
  };
  const list = (place, kind, numbers) => {
    const next = numbers.slice(0, PORTION);
    place.append(...next.map((number) => link(kind, number)));
    const left = numbers.slice(PORTION);
    if (left.length) {
      const more = el("button", { type: "button", class: "more" }, "Show more (" + left.length.toLocaleString("en") + " left)");
      more.addEventListener("click", () => {
        const first = place.children.length - 1;
        more.remove();
        list(place, kind, left);
        place.children[first].focus();
      });
      place.append(more);
    }
  };
  const byFate = (kind) => {
    const numbers = pairs[kind].map((_, number) => number);
    return [...numbers.filter((number) => fate(pairs[kind][number])), ...numbers.filter((number) => !fate(pairs[kind][number]))];
  };
  const folded = document.querySelectorAll("details.group");
  folded.forEach((details) => {
    details.addEventListener("toggle", () => {
      const place = details.querySelector(".rows");
      if (details.open && !place.firstChild) list(place, "o", groups[Number(details.dataset.group)]);
    });
    if (operations.length <= 40) details.open = true;
  });
  find("folding").hidden = false;
  find("folding").addEventListener("click", (event) => {
    const fold = event.target.dataset.fold;
    if (fold) folded.forEach((details) => { details.open = fold === "open"; });
  });
  list(find("model-rows"), "m", byFate("m"));

  /* Which changes are shown. */
  const filters = find("filters");
  if (filters) {
    filters.hidden = false;
    filters.addEventListener("click", (event) => {
      const level = event.target.dataset.level;
      if (!level) return;
      const hides = event.target.getAttribute("aria-pressed") === "true";
      event.target.setAttribute("aria-pressed", String(!hides));
      document.querySelector(".changes").classList.toggle("without-" + level, hides);
    });
  }

  /* Search. */
  const query = find("query");
  let hay = null;
  const haystack = () => {
    const words = texts.map((text) => text.toLowerCase());
    const of = (kind) => pairs[kind].map((pair) => {
      const content = shown(pair);
      const one = told(kind, content);
      const own = kind === "o" ? [content[0], content[1], content[2], content[5]] : [content[0], content[4]];
      return [...own.map((text) => words[text]), ...one.rows.map((each) => words[rows[each][1]])].join("\n");
    });
    return { o: of("o"), m: of("m") };
  };
  const search = () => {
    const wanted = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const results = find("results");
    results.hidden = wanted.length === 0;
    if (!wanted.length) return;
    hay = hay || haystack();
    const hits = find("hits");
    hits.replaceChildren();
    const counts = [];
    for (const [kind, noun] of [["o", "operation"], ["m", "model"]]) {
      const found = hay[kind].flatMap((text, number) => (wanted.every((word) => text.includes(word)) ? [number] : []));
      const inName = (number) => (wanted.every((word) => nameOf(kind, number).toLowerCase().includes(word)) ? 0 : 1);
      found.sort((a, b) => inName(a) - inName(b) || a - b);
      counts.push(found.length.toLocaleString("en") + " " + noun + (found.length === 1 ? "" : "s"));
      const place = el("div", { class: "rows" });
      list(place, kind, found);
      hits.append(place);
    }
    find("found").textContent = counts.join(", ");
  };
  find("search").hidden = false;
  find("search").addEventListener("submit", (event) => {
    event.preventDefault();
    find("hits").querySelector("a")?.focus();
  });
  let pause = 0;
  query.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 60);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && event.target.tagName !== "INPUT" && !find("sheet").open) {
      event.preventDefault();
      query.focus();
      scrollTo(0, 0);
    }
  });

  /* One operation or model, on one side or on both. */
  const type = (pieces) => el("span", { class: "annotation" }, ...pieces.map((piece) =>
    piece < 0 ? el("a", { href: "#m" + (-1 - piece) }, nameOf("m", -1 - piece)) : texts[piece]));
  const cell = (head, one) => (one
    ? el("td", { "data-head": head }, type(one.type), one.required ? el("span", { class: "required", title: "required" }, " *") : null,
      one.notes ? el("small", {}, one.notes) : null)
    : el("td", { "data-head": head }, el("small", {}, "not there")));
  const meaning = (said) => el("td", {}, said);
  const aligned = (before, after) => {
    const waiting = new Map();
    const keyed = (numbers, use) => {
      const counts = new Map();
      numbers.map(row).forEach((one) => {
        const plain = one.kind + "\n" + one.name;
        const count = counts.get(plain) || 0;
        counts.set(plain, count + 1);
        use(plain + "\n" + count, one);
      });
    };
    keyed(before, (key, one) => waiting.set(key, one));
    const found = [];
    keyed(after, (key, one) => {
      found.push([waiting.get(key) || null, one]);
      waiting.delete(key);
    });
    return [...found, ...[...waiting.values()].map((one) => [one, null])];
  };
  const table = (heads, lines) => el("div", { class: "table" }, el("table", {},
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, ...lines)));
  const label = (one) => {
    const isAnswer = !isSent(one.kind) && /^[1-5]|^default$/i.test(one.kind);
    const [name, kind] = isAnswer ? [one.kind, one.name] : [one.name, one.kind === "field" ? "" : one.kind];
    return el("td", {}, name ? el("code", {}, name) : null, kind ? el("small", {}, kind) : null);
  };
  const oneSide = (numbers) => table(["Name", "Type", "Meaning"], numbers.map(row).map((one) =>
    el("tr", {}, label(one), cell("type", one), meaning(one.said))));
  const bothSides = (before, after) => {
    const all = aligned(before, after);
    const same = ([old, now]) => old && now && old.number === now.number;
    const line = ([old, now]) => el("tr", { class: same([old, now]) ? null : !old ? "came" : !now ? "gone" : "differs" },
      label(now || old), cell("before", old), cell("after", now),
      meaning(old && now && old.said !== now.said ? [old.said, now.said].filter(Boolean).join(" → ") : (now || old).said));
    const differing = all.filter((both) => !same(both));
    const heads = ["Name", "Before", "After", "Meaning"];
    const place = el("div", {});
    const show = (everything) => place.replaceChildren(table(heads, (everything ? all : differing).map(line)));
    if (!differing.length || differing.length === all.length || all.length < 9) {
      show(true);
      return [place];
    }
    const check = el("input", { type: "checkbox", checked: "checked" });
    check.addEventListener("change", () => show(!check.checked));
    show(false);
    return [el("p", {}, el("label", {}, check, " only what differs (" + differing.length + " of " + all.length + ")")), place];
  };

  /* What is next to it, as a picture in three columns. */
  const HEIGHT = 40, STEP = 50, GAP = 70, EDGE = 12, MOST = 12;
  const below = (kind, one) => (kind === "o" ? one.method + " " + (one.effect === "read" ? "reads" : "writes") : one.travels);
  const width = (kind, number) => {
    const one = told(kind, shown(pairs[kind][number]));
    return Math.max(110, Math.min(260, Math.round(Math.max(one.name.length * 7.9, below(kind, one).length * 6.6)) + 26));
  };
  const cut = (name) => (name.length > 31 ? name.slice(0, 30) + "…" : name);
  const box = (kind, number, x, y, wide, centre) => {
    const pair = pairs[kind][number];
    const one = told(kind, shown(pair));
    const looks = (kind === "o" ? "operation " + one.effect : one.kind) + " " + fate(pair) + (centre ? " centre" : "");
    return draw("a", { href: "#" + kind + number, class: "box " + looks }, draw("title", {}, one.name),
      draw("rect", { x, y, width: wide, height: HEIGHT, rx: 6 }),
      draw("text", { x: x + 12, y: y + 17 }, cut(one.name)),
      draw("text", { x: x + 12, y: y + 32, class: "below" }, cut(below(kind, one))));
  };
  const near = (kind, number) => {
    const own = told(kind, shown(pairs[kind][number])).rows;
    const models_ = (numbers) => [...new Set(named(numbers))].map((other) => ["m", other]);
    const from = kind === "o" ? models_(own.filter((each) => isSent(texts[rows[each][0]])))
      : [...users()[number].o.map((other) => ["o", other]), ...users()[number].m.filter((other) => other !== number).map((other) => ["m", other])];
    const to = (kind === "o" ? models_(own.filter((each) => !isSent(texts[rows[each][0]]))) : models_(own))
      .filter(([side, other]) => side !== kind || other !== number);
    if (!from.length && !to.length) return [];
    const columns = [from.slice(0, MOST), [[kind, number]], to.slice(0, MOST)];
    const tallest = Math.max(...columns.map((column) => column.length)) * STEP;
    const arrows = [], boxes = [], places = [];
    let x = EDGE;
    columns.forEach((column, place) => {
      if (!column.length) { places.push([]); return; }
      const wide = Math.max(...column.map((each) => width(...each)));
      const top = EDGE + (tallest - column.length * STEP) / 2;
      places.push(column.map((each, line) => {
        boxes.push(box(...each, x, top + line * STEP, wide, place === 1));
        return { left: x, right: x + wide, y: top + line * STEP + HEIGHT / 2 };
      }));
      x += wide + GAP;
    });
    const arrow = (a, b) => arrows.push(draw("path", { class: "arrow", d: `M${a.right} ${a.y}C${a.right + 35} ${a.y} ${b.left - 35} ${b.y} ${b.left} ${b.y}m-6 -4l6 4l-6 4` }));
    places[0].forEach((each) => arrow(each, places[1][0]));
    places[2].forEach((each) => arrow(places[1][0], each));
    const w = x - GAP + EDGE, h = tallest + EDGE;
    const hidden = from.length + to.length - columns[0].length - columns[2].length;
    return [el("h3", {}, kind === "o" ? "What is sent, what is received" : "Who uses it, what it is made of"),
      el("div", { class: "near", tabindex: 0, role: "region", "aria-label": "Neighbours of " + nameOf(kind, number) },
        draw("svg", { width: w, "data-centre": places[1][0].left, height: h, viewBox: `0 0 ${w} ${h}`, role: "group" }, ...arrows, ...boxes)),
      hidden ? el("p", { class: "note" }, hidden.toLocaleString("en") + " more are not drawn") : null];
  };

  const place = (words, where) => (where ? el("p", { class: "places" }, words, el("span", { class: "place" }, texts[where[0]] + " " + texts[where[1]])) : null);
  const about = (kind, one) => (kind === "o"
    ? [el("p", {}, el("span", { class: "method " + one.effect }, one.method + " "), el("span", { class: "path" }, one.path), one.effect === "read" ? " · reads" : " · writes")]
    : [el("p", {}, one.travels)]);
  const usedBy = (number) => {
    const { o, m } = users()[number];
    const some = [...o.map((other) => ["o", other]), ...m.map((other) => ["m", other])];
    if (!some.length) return [];
    const items = some.slice(0, 50).map(([kind, other]) => el("li", {}, el("a", { href: "#" + kind + other }, nameOf(kind, other))));
    return [el("h3", {}, "Used by"), el("ul", { class: "links" }, ...items,
      some.length > 50 ? el("li", {}, (some.length - 50).toLocaleString("en") + " more") : null)];
  };
  const sheet = find("sheet");
  const show = (kind, number, side) => {
    const pair = pairs[kind][number];
    if (!pair) return;
    const id = kind + number;
    const differ = pair[0] !== pair[1];
    const both = pair[0] >= 0 && pair[1] >= 0;
    const chosen = side === "old" && pair[0] >= 0 ? pair[0] : side === "new" && pair[1] >= 0 ? pair[1] : null;
    const content = chosen === null ? shown(pair) : contents[chosen];
    const one = told(kind, content);
    find("sheet-title").replaceChildren(one.name, " ", ...[badge(fate(pair))].filter(Boolean));
    const sides = differ && both ? el("p", { class: "places", role: "group", "aria-label": "Which side" },
      ...[["old", "before"], ["new", "after"], ["", "both"]].flatMap(([which, word]) => [
        (side || "") === which ? el("b", {}, word) : el("a", { href: "#" + id + (which && "." + which) }, word), " "])) : null;
    const ones = changes[id] || [];
    const changed = ones.length ? [el("h3", {}, "What changed"), el("ul", { class: "links" }, ...ones.map((each) => {
      const item = find("c" + each);
      return el("li", { class: item.className }, el("a", { href: "#c" + each }, item.querySelector(".where").textContent + ": " + item.querySelector(".message").textContent), " ",
        el("span", { class: "level" }, item.querySelector(".level").textContent));
    }))] : [];
    const missing = side === "old" && pair[0] < 0 ? "It is not in the old document." : side === "new" && pair[1] < 0 ? "It is not in the new document." : "";
    const whole = differ && both && chosen === null
      ? bothSides(told(kind, contents[pair[0]]).rows, told(kind, contents[pair[1]]).rows)
      : one.rows.length ? [oneSide(one.rows)] : [];
    const parts = [sides, missing ? el("p", { class: "note" }, missing) : null, ...about(kind, one),
      one.deprecated ? el("p", { class: "note" }, "Deprecated.") : null, one.said ? el("p", { class: "said" }, one.said) : null,
      ...changed, whole.length ? el("h3", {}, kind === "o" ? "What it takes and answers" : "Fields") : null, ...whole,
      ...near(kind, number), ...(kind === "m" ? usedBy(number) : []),
      differ ? place("before: ", pair[2]) : null, place(differ ? "after: " : "", pair[3])];
    find("sheet-body").replaceChildren(...parts.filter(Boolean));
    if (!sheet.open) sheet.showModal();
    find("sheet-title").focus();
    sheet.scrollTop = 0;
    const drawn = sheet.querySelector(".near svg");
    if (drawn && drawn.clientWidth > drawn.parentElement.clientWidth) drawn.parentElement.scrollLeft = drawn.dataset.centre - EDGE;
  };
  const follow = () => {
    const [, kind, number, side] = /^#([om])(\d+)(?:\.(old|new))?$/.exec(location.hash) || [];
    if (kind) show(kind, Number(number), side);
    else if (sheet.open) {
      sheet.close();
      find(location.hash.slice(1))?.scrollIntoView();
    }
  };
  addEventListener("hashchange", follow);
  find("close").addEventListener("click", () => sheet.close());
  find("back").addEventListener("click", () => history.back());
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  sheet.addEventListener("close", () => {
    if (/^#[om]\d/.test(location.hash)) history.replaceState(null, "", "#");
  });

  /* The arrows of a box that is looked at. */
  const light = (event) => {
    const node = event.target.closest?.("[data-node]");
    for (const arrow of document.querySelectorAll(".arrow.lit")) arrow.classList.remove("lit");
    if (!node) return;
    for (const arrow of node.closest("svg").querySelectorAll("[data-ends]")) {
      arrow.classList.toggle("lit", arrow.dataset.ends.split(" ").includes(node.dataset.node));
    }
  };
  document.querySelectorAll(".canvas").forEach((canvas) => {
    canvas.addEventListener("mouseover", light);
    canvas.addEventListener("focusin", light);
    canvas.addEventListener("mouseleave", light);
  });
  follow();
})();
