// The script of every page: small widgets at once, KaTeX and CodeMirror only where a page needs them.
import htmx from "htmx.org";
import "./activation-figure";
import "./chain-figure";
import "./depth-figure";
import "./descent-figure";
import "./difference-figure";
import "./error-map";
import "./line-plot";
import "./momentum-figure";
import "./path-plot";
import "./predict-first";
import "./race-figure";
import "./rail";
import "./run-fragment";
import "./saddle-figure";
import "./schedule-figure";
import "./split-pane";
import "./theme-switch";
import "./timing-plot";
import "./verdict-stream";
import { prefersStill } from "./dom";
import { enhance } from "./enhance";

if (document.querySelector("code-editor")) void import("./code-editor");

htmx.onLoad((arrived) => enhance(arrived as Element));

// A refused button says beside it why it refuses, and does nothing.
document.addEventListener("click", (event) => {
  if (!(event.target as Element).closest("[aria-disabled=true]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

// A new result is brought into view, with half of the window left to the code that it is about.
document.addEventListener("htmx:afterSwap", () => {
  const result = document.querySelector("verdict-stream[data-live]");
  const top = result?.getBoundingClientRect().top ?? 0;
  if (top > innerHeight * 0.6) scrollBy({ top: top - innerHeight * 0.45, behavior: prefersStill() ? "instant" : "smooth" });
});
