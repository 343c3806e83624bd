// Small comforts. Every page works without them. Listeners sit on the document, so swapped-in parts have them too.
(() => {
  "use strict";

  // Buttons that need a script are hidden until there is one.
  document.documentElement.dataset.script = "";

  // Screen readers hear what is put into a region that was there before.
  const said = document.createElement("p");
  said.className = "sr";
  said.setAttribute("role", "status");
  document.body.append(said);

  /** Put the text of the element that data-copy names (a selector) on the clipboard and say so for two seconds. */
  async function copy(button) {
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    const text = "value" in source ? source.value : source.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No permission, or not a secure page: select it, so that the keyboard can copy.
      if (source.select) source.select();
      return;
    }
    const label = button.querySelector("[data-label]") || button;
    const before = label.textContent;
    if (before === "Copied") return;
    label.textContent = said.textContent = "Copied";
    setTimeout(() => { label.textContent = before; said.textContent = ""; }, 2000);
  }

  function openMenus() {
    return document.querySelectorAll("details[data-menu][open]");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(dismiss.dataset.dismiss)?.remove();
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      const hadFocus = menu.contains(document.activeElement);
      menu.open = false;
      if (hadFocus) menu.querySelector("summary").focus();
    }
  });
})();
