// What went wrong is seen and heard: an error summary takes the focus, a failed request is told.
const live = document.getElementById("ll-live");

function focusSummary(root) {
  root.querySelector("[data-linli-focus]")?.focus();
}

function tell() {
  live.hidden = false;
  live.textContent = live.dataset.linliLive;
}

function forget() {
  live.hidden = true;
  live.textContent = "";
}

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, tell);
}
document.addEventListener("htmx:afterSwap", (event) => {
  forget();
  focusSummary(event.target);
});
focusSummary(document);
