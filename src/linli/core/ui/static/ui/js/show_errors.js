// What went wrong is seen and heard: an error summary takes the focus, a failed request is told.
const live = document.getElementById("ll-live");

function focusSummary(root) {
  const summary = root.querySelector("[data-linli-focus]");
  if (summary) summary.focus();
  return Boolean(summary);
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
document.addEventListener("htmx:afterSettle", (event) => {
  forget();
  // What was pressed may be gone; whoever listens goes on at the part that is new.
  if (!focusSummary(event.target) && document.activeElement === document.body) event.target.focus();
});
focusSummary(document);
