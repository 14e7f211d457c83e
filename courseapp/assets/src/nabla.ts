// The script of every page: small widgets at once, KaTeX and CodeMirror only where a page needs them.
import htmx from "htmx.org";
import "./descent-figure";
import "./error-map";
import "./path-plot";
import "./predict-first";
import "./run-fragment";
import "./split-pane";
import "./theme-switch";
import "./timing-plot";
import "./verdict-stream";
import { renderMath } from "./math";

if (document.querySelector("code-editor")) void import("./code-editor");

htmx.onLoad((swapped) => void renderMath(swapped as Element));
