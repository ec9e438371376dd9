// <button type="button" class="ll-button ll-speak" data-linli-read="id-of-text">; seen where the
// browser can speak. A second tap is silence.
const voice = window.speechSynthesis;

if (voice && window.SpeechSynthesisUtterance) {
  document.documentElement.classList.add("ll-can-speak");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-linli-read]");
    if (!button) return;
    if (voice.speaking) {
      voice.cancel();
      return;
    }
    const words = new SpeechSynthesisUtterance(
      document.getElementById(button.dataset.linliRead).innerText,
    );
    words.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
    words.rate = 0.9;
    voice.speak(words);
  });
  window.addEventListener("pagehide", () => voice.cancel());
}
