// <button type="button" class="ll-js-only" data-linli-copy="id-of-text" data-linli-done="Copied">
const SHOWN_MS = 2500;

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// An office's phone may come over plain HTTP, where there is no clipboard object.
async function copy(element) {
  const text = (element.value ?? element.innerText).trim();
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // the web view refuses: take the old way
    }
  }
  if (element.select) element.select();
  else select(element);
  return document.execCommand("copy");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-linli-copy]");
  const source = button && document.getElementById(button.dataset.linliCopy);
  if (!source || !(await copy(source))) return;
  const usual = button.textContent;
  button.textContent = button.dataset.linliDone;
  setTimeout(() => (button.textContent = usual), SHOWN_MS);
});
