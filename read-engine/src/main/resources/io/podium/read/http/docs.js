"use strict";
const field = (id) => document.getElementById(id);
const shown = ["etag", "cache-control", "cache-status", "content-type", "content-encoding", "link", "age", "vary", "retry-after", "allow"];

async function send(address) {
  const started = performance.now();
  try {
    const answer = await fetch(address, { headers: { "Accept-Language": field("language").value } });
    const text = await answer.text();
    const ms = (performance.now() - started).toFixed(1);
    const head = shown.filter((n) => answer.headers.get(n)).map((n) => `${n}: ${answer.headers.get(n)}`);
    field("head").textContent = [`${answer.status} ${answer.statusText}  (${ms} ms)`, ...head].join("\n");
    field("body").textContent = text.startsWith("{") ? JSON.stringify(JSON.parse(text), null, 2) : text;
  } catch (failure) {
    field("head").textContent = String(failure);
    field("body").textContent = "";
  }
}

field("try").addEventListener("submit", (event) => {
  event.preventDefault();
  const address = field("address").value.trim();
  if (address.startsWith("/")) {
    send(address);
  }
});

fetch("/v1/boards")
  .then((answer) => answer.json())
  .then((found) => {
    const addresses = ["/v1/boards"];
    for (const board of found.boards) {
      addresses.push(`/v1/rankings/${encodeURIComponent(board.board)}?size=10`);
      for (const cut of board.slices.filter((c) => c.length === 1)) {
        const dimension = board.dimensions.find((d) => d.name === cut[0]);
        if (dimension && dimension.values.length > 0) {
          const value = encodeURIComponent(dimension.values[0]);
          addresses.push(`/v1/rankings/${encodeURIComponent(board.board)}?${dimension.parameter}=${value}&size=10`);
        }
      }
    }
    for (const address of addresses) {
      const option = document.createElement("option");
      option.value = address;
      field("examples").append(option);
    }
  })
  .catch(() => {});
