// A form is sent once, however often it is tapped. Forms that htmx sends are its own matter.
const PATIENCE_MS = 6000; // then a lost network, or a download, gives the button back

function release(form) {
  delete form.dataset.linliSent;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.linliSent) {
    event.preventDefault();
    return;
  }
  form.dataset.linliSent = "yes";
  // Only after the browser has taken the pressed button's value into what it sends.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (button.disabled) continue;
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    }
  });
  setTimeout(release, PATIENCE_MS, form);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
