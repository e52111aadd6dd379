(() => {
  const page = document, all = (what, from = page) => [...from.querySelectorAll(what)];
  const filters = page.getElementById("loc");
  const of = link => page.getElementById(link.hash.slice(1));

  // An entry that opens names its documents, and gives its address.
  page.addEventListener("toggle", ({target: entry}) => {
    const event = entry.closest("dd");
    if (!entry.open || !event || entry.dataset.named) return;
    entry.dataset.named = 1;
    for (const link of all('a[href^="#d"]', entry)) {
      if (link.previousElementSibling?.matches("cite")) continue;
      const cite = page.createElement("cite");
      cite.append(...[...of(link).childNodes].map(node => node.cloneNode(true)), " ");
      link.before(cite);
    }
    if (entry.querySelector(".k")) return;
    const address = page.createElement("a");
    address.className = "k";
    address.href = "#" + event.id;
    address.textContent = "#";
    address.setAttribute("aria-label", page.body.dataset.link);
    entry.append(address);
  }, true);

  // An address of an event opens it.
  const follow = () => {
    const entry = page.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector("details");
    if (entry && entry.closest("dd")) entry.open = true;
  };
  addEventListener("hashchange", follow);
  follow();

  // Paper shows every entry open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("dd details:not([open])");
    for (const entry of opened) entry.open = true;
  });
  addEventListener("afterprint", () => { for (const entry of opened) entry.open = false; });

  if (!filters) return;
  const form = filters.querySelector("form"), said = filters.querySelector("output");
  const events = all("dd"), total = events.length;
  const figures = number => number.toLocaleString(page.documentElement.lang);
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  const words = text => text.toLowerCase().normalize("NFC").replace(/\s+/g, " ");
  let texts;

  const read = () => events.map(event => {
    const exact = words(event.textContent + " " + all('a[href^="#d"]', event).map(link => of(link).textContent).join(" "));
    return {exact, plain: plain(exact)};
  });
  const filter = () => {
    const asked = words(form.elements.q.value).trim(), bare = plain(asked) === asked;
    const wanted = all("select", form).map(one => one.value).filter(Boolean);
    if (asked) texts ??= read();
    let shown = 0;
    events.forEach((event, at) => {
      const fits = wanted.every(one => event.classList.contains(one))
        && (!asked || texts[at][bare ? "plain" : "exact"].includes(asked));
      event.hidden = !fits;
      shown += fits;
    });
    for (const day of all("dt")) {
      let next = day.nextElementSibling;
      while (next?.matches("dd[hidden]")) next = next.nextElementSibling;
      day.hidden = !next?.matches("dd");
    }
    for (const year of all(".y")) {
      year.hidden = !year.querySelector("dd:not([hidden])");
      const link = page.querySelector(`nav a[href="#${year.id}"]`);
      if (link) link.parentElement.hidden = year.hidden;
    }
    for (const decade of all("nav details")) decade.parentElement.hidden = !decade.querySelector("li:not([hidden])");
    said.textContent = said.dataset.words.replace("%1", figures(shown)).replace("%2", figures(total));
  };
  filters.hidden = false;
  filters.open = matchMedia("(min-width: 46rem)").matches;
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", event => {
    event.preventDefault();
    for (const one of all("input, select", form)) one.value = "";
    filter();
  });
  if (form.elements.q.value || all("select", form).some(one => one.value)) filter();   // kept by a reload
})();
