// Puts a number of a figure into the text that is being written, where its cursor stands. Without this file the same
// words are copied by hand.
export function startPalettes(scope) {
  for (const palette of scope.querySelectorAll("[data-palette]")) startPalette(palette);
}

function startPalette(palette) {
  const text = document.getElementById(palette.dataset.palette);
  if (!text) return;
  palette.querySelector("[data-palette-hint]").hidden = false;
  for (const code of palette.querySelectorAll("[data-token]")) code.replaceWith(buttonFor(code, text, palette));
}

function buttonFor(code, text, palette) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "wardwell-palette__token wardwell-code";
  button.textContent = code.textContent;
  button.addEventListener("click", () => put(button.textContent, text, palette));
  return button;
}

function put(token, text, palette) {
  text.focus();
  text.setRangeText(token, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  palette.querySelector("[data-palette-said]").textContent = `${token} stands in the text now.`;
}
