// <button type="button" class="ll-button ll-js-only" data-linli-print>
document.documentElement.classList.add("ll-js");
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-linli-print]")) window.print();
});
