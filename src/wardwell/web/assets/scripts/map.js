// Draws a choropleth from boundaries and values of this site alone: no tiles, no glyphs, nothing from elsewhere.
// The table beside each map says the same; what is here is a second way to read it.
import { LngLatBounds, Map as Chart, NavigationControl } from "./maplibre-gl.mjs";

const SUPPRESSED = "suppressed";

function coordinatesOf(geometry) {
  return geometry.coordinates.flat(geometry.type === "MultiPolygon" ? 2 : 1);
}

function boundsOf(collection) {
  const bounds = new LngLatBounds();
  for (const { geometry } of collection.features) for (const point of coordinatesOf(geometry)) bounds.extend(point);
  return bounds;
}

// The colours are those of the legend, so that they are said once, in the styles.
function coloursOf(element) {
  const swatches = element.querySelectorAll("[data-swatch]");
  return Object.fromEntries([...swatches].map((swatch) => [swatch.dataset.swatch, getComputedStyle(swatch).fill]));
}

function hatching() {
  const [size, pixels] = [8, new Uint8ClampedArray(8 * 8 * 4)];
  for (let index = 0; index < size * size; index += 1) {
    const isLine = ((index % size) + Math.floor(index / size)) % size < 2;
    pixels.set(isLine ? [80, 90, 95, 255] : [255, 255, 255, 255], index * 4);
  }
  return new ImageData(pixels, size, size);
}

function layersOf(colours) {
  const fills = Object.entries(colours).filter(([name]) => name !== SUPPRESSED && name !== "none");
  const fill = ["match", ["get", "class"], ...fills.flatMap(([name, colour]) => [name, colour]), "#ffffff"];
  return [
    { id: "fill", type: "fill", source: "areas", paint: { "fill-color": fills.length ? fill : "#ffffff" } },
    { id: "hatching", type: "fill", source: "areas", filter: ["==", ["get", "class"], SUPPRESSED],
      paint: { "fill-pattern": "hatching" } },
    { id: "outline", type: "line", source: "areas", paint: { "line-color": "#505a5f", "line-width": 0.6 } },
    { id: "chosen", type: "line", source: "areas",
      paint: { "line-color": "#0b0c0c", "line-width": ["case", ["boolean", ["feature-state", "chosen"], false], 4, 0] } },
  ];
}

async function areasOf(canvas, values) {
  const response = await fetch(canvas.dataset.boundaries, { headers: { Accept: "application/geo+json, application/json" } });
  if (!response.ok) throw new Error(`The boundaries could not be read: ${response.status}`);
  const collection = await response.json();
  for (const feature of collection.features) {
    const value = values[feature.properties[canvas.dataset.key]];
    feature.properties.class = value ? value.class : "none";
  }
  return collection;
}

function chooserOf(element, values, choose) {
  const chooser = element.querySelector("[data-map-chooser] select");
  const named = Object.entries(values).sort(([, one], [, other]) => one.name.localeCompare(other.name, "en-GB"));
  for (const [code, { name }] of named) chooser.add(new Option(name, code));
  chooser.addEventListener("change", () => choose(chooser.value));
  element.querySelector("[data-map-chooser]").hidden = false;
  return chooser;
}

function respond(map, element, values, collection, key) {
  const reading = element.querySelector("[data-map-reading]");
  let chosen = "";
  const choose = (code) => {
    if (chosen) map.setFeatureState({ source: "areas", id: chosen }, { chosen: false });
    chosen = values[code] ? code : "";
    if (chosen) map.setFeatureState({ source: "areas", id: chosen }, { chosen: true });
    reading.textContent = chosen ? `${values[code].name}: ${values[code].text}` : "";
  };
  const chooser = chooserOf(element, values, (code) => {
    choose(code);
    const feature = collection.features.find(({ properties }) => properties[key] === code);
    if (feature) map.fitBounds(boundsOf({ features: [feature] }), { maxZoom: 13, padding: 60, animate: false });
  });
  map.on("click", "fill", ({ features: [feature] }) => {
    chooser.value = feature.properties[key];
    choose(feature.properties[key]);
  });
}

async function draw(element) {
  const canvas = element.querySelector("[data-boundaries]");
  const values = JSON.parse(document.getElementById(canvas.dataset.values).textContent);
  const colours = coloursOf(element);
  canvas.dataset.mapState = "loading";
  try {
    const collection = await areasOf(canvas, values);
    if (!element.isConnected) return; // another answer has taken this one's place meanwhile
    const map = new Chart({
      container: canvas,
      style: { version: 8, sources: {}, layers: [] },
      bounds: boundsOf(collection),
      fitBoundsOptions: { padding: 16 },
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      canvasContextAttributes: { preserveDrawingBuffer: true }, // or paper shows an empty map
      locale: { "Map.Title": canvas.dataset.title },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    for (const details of element.querySelectorAll("details")) details.open = false;
    map.on("load", () => {
      if (!element.isConnected) return map.remove();
      map.addImage("hatching", hatching());
      map.addSource("areas", { type: "geojson", data: collection, promoteId: canvas.dataset.key });
      for (const layer of layersOf(colours)) map.addLayer(layer);
      return respond(map, element, values, collection, canvas.dataset.key);
    });
    // On paper there is no moving about: all of it is shown, in the room that paper leaves.
    map.on("resize", () => {
      if (!matchMedia("print").matches) return;
      map.fitBounds(boundsOf(collection), { padding: 8, animate: false });
      map.redraw();
    });
    map.on("idle", () => {
      if (map.getLayer("chosen")) canvas.dataset.mapState = "idle";
    });
  } catch (error) {
    console.warn(error);
    canvas.dataset.mapState = "unavailable";
    canvas.hidden = true;
    for (const details of element.querySelectorAll("details")) details.open = true;
  }
}

export function drawMaps(scope) {
  for (const element of scope.querySelectorAll("[data-map]")) draw(element);
}
