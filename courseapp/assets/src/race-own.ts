// The reader's own graded optimizer in the race. Its code never comes to the browser: the server steps it in a box, on the
// heat that is sent, and the path comes back as numbers.
import type { Pair } from "./chart";
import { csrfToken, html } from "./dom";
import { button } from "./figure";
import { follow } from "./live";
import { readPath } from "./race-math";

export interface Heat {
  landscape: string;
  start: Pair;
  lr: number;
}

export const OWN_WORDS: Record<string, string> = {
  sgd: "SGD", momentum: "Momentum 0.8", nesterov: "Nesterov 0.8", rmsprop: "RMSprop", adam: "Adam", adamw: "AdamW", lion: "Lion",
};

const HEADERS = { "X-Requested-With": "fetch" };
const AWAY = "The server did not answer. Try again in a moment.";

export class OwnRacer {
  readonly node = html("div", { class: "own across" });
  /** The optimizer as which the reader's code races; empty where none of theirs may. */
  racer = "";
  private readonly picker: HTMLSelectElement;
  private readonly go: HTMLButtonElement;
  private readonly says = html("p", { role: "status" });
  private asked: Heat & { racer: string } | undefined;
  private path: Pair[] | undefined;
  private stop?: () => void;

  constructor(id: string, private readonly addresses: { entrants: string; action: string }, private readonly heat: () => Heat, private readonly arrived: () => void, picked: () => void) {
    this.picker = html("select", { id: `${id}-own` });
    this.picker.addEventListener("change", () => {
      this.racer = this.picker.value;
      picked();
    });
    this.go = button("Race my code", () => void this.race());
    this.node.append(this.says);
  }

  /** Asks the server which of the reader's optimizers may race. */
  async meet(wanted: string): Promise<void> {
    const reply = await fetch(this.addresses.entrants, { headers: HEADERS }).catch(() => null);
    if (!reply?.ok) return;
    const { entrants, sentence } = await reply.json() as { entrants: Record<string, number>; sentence: string };
    this.say(sentence);
    const racers = Object.keys(entrants).filter((racer) => racer in OWN_WORDS);
    if (racers.length === 0) return;
    this.picker.replaceChildren(...racers.map((racer) => html("option", { value: racer }, `${OWN_WORDS[racer]}, submission ${entrants[racer]}`)));
    this.node.prepend(html("label", { for: this.picker.id }, "Your code"), this.picker, this.go);
    this.racer = this.picker.value = racers.includes(wanted) ? wanted : racers[0]!;
    this.arrived();
  }

  /** The path, if it is the one of this heat. */
  pathOn(heat: Heat): Pair[] | undefined {
    const same = JSON.stringify({ ...heat, racer: this.racer }) === JSON.stringify(this.asked);
    return same ? this.path : undefined;
  }

  leave(): void {
    this.stop?.();
  }

  private async race(): Promise<void> {
    this.stop?.();
    const asked = this.asked = { ...this.heat(), racer: this.racer };
    this.path = undefined;
    this.say("Sending");
    const body = new FormData();
    const [x, y] = asked.start;
    for (const [name, value] of Object.entries({ racer: asked.racer, landscape: asked.landscape, x, y, lr: asked.lr })) body.set(name, String(value));
    const reply = await fetch(this.addresses.action, { method: "POST", body, headers: { ...HEADERS, "X-CSRFToken": csrfToken() } }).catch(() => null);
    if (!reply) return this.say(AWAY);
    const started = await reply.json();
    if (!reply.ok) return this.say(started.sentence);
    if (asked === this.asked) this.stop = follow(started, (panel) => this.show(panel));
  }

  private show(panel: string): boolean {
    const page = new DOMParser().parseFromString(panel, "text/html");
    const fresh = page.querySelector<HTMLElement>("[data-race]");
    if (!fresh) return false;
    this.say(fresh.querySelector("[role=status]")?.textContent ?? "");
    this.path = readPath(fresh.querySelector("data")?.value ?? "");
    if (this.path) this.arrived();
    return !("live" in fresh.dataset);
  }

  private say(sentence: string): void {
    if (this.says.textContent !== sentence) this.says.textContent = sentence;
  }
}
