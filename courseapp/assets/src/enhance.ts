// What is done to every piece of page that arrives, with the page or after it.
import { arrive } from "./arrive";
import { localTimes } from "./local-time";
import { renderMath } from "./math";

export function enhance(root: ParentNode): void {
  localTimes(root);
  void renderMath(root).then(arrive);
}
