// <p data-linli-count="id-of-field" data-linli-left="# left">: how many characters may still come.
function tell(note) {
  const field = document.getElementById(note.dataset.linliCount);
  if (!field || !(field.maxLength > 0)) return;
  const left = field.maxLength - field.value.length;
  note.textContent = note.dataset.linliLeft.replace("#", left);
}

function tellAll(root) {
  root.querySelectorAll("[data-linli-count]").forEach(tell);
}

document.addEventListener("input", (event) => {
  const id = event.target.id;
  if (id) document.querySelectorAll(`[data-linli-count="${CSS.escape(id)}"]`).forEach(tell);
});
document.addEventListener("htmx:load", (event) => tellAll(event.target));
tellAll(document);
