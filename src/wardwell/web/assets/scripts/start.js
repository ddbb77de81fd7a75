// Starts the components of a page. Every page works without this file; with it, some things are nicer.
import { initAll as startGovuk } from "./govuk-frontend.js";
import { initAll as startMoj } from "./moj-frontend.js";
import "./htmx.js";

function start(scope) {
  startGovuk({ scope });
  startMoj({ scope });
  if (scope.querySelector("[data-map]")) import("./map.js").then(({ drawMaps }) => drawMaps(scope));
  if (scope.querySelector("[data-palette]")) import("./palette.js").then(({ startPalettes }) => startPalettes(scope));
}

start(document.body);

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const target = detail?.ctx?.target;
  const scope = target?.isConnected ? target : document.querySelector("#results");
  if (scope) start(scope);
});

// What takes long says so while it is answered; coming back to the page finds it as it was.
const waits = () => document.querySelectorAll("[data-wait]");
document.addEventListener("submit", ({ target }) => {
  for (const said of waits()) if (target.contains(said)) said.textContent = said.dataset.wait;
});
addEventListener("pageshow", () => {
  for (const said of waits()) said.textContent = "";
});

// A refusal or a failure is shown as the page it is, not squeezed into a part of this one.
document.addEventListener("htmx:response:error", ({ detail }) => {
  const request = detail?.ctx?.request;
  if (request?.method?.toUpperCase() === "GET") location.assign(request.action);
});

// Nothing that can be read stays folded away on paper.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const details of unfolded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});
