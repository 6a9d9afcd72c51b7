// A page whose scripts go through a bundler: the element comes by the npm package's loader. The tests ask what became of it.
import { load } from "/npm/index.js";

const widget = document.querySelector("#w");
const bring = (base) => load({ base }).then(
  () => { widget.dataset.loaded = "loaded"; },
  (error) => { widget.dataset.loaded = `${error.message} ${error.cause ? "because" : ""}`; },
);
bring(widget.dataset.base || "/npm/assets/");
widget.addEventListener("again", ({ detail }) => bring(detail));
