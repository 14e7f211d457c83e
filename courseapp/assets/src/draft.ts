// A student's unsent code. The browser's copy is written as they type; the server's follows when they pause.
import { csrfToken } from "./dom";

const PAUSE_MS = 1200;

interface Kept {
  source: string;
  sent: boolean;
}

export class Draft {
  private readonly key: string;
  private readonly url: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(data: DOMStringMap, private readonly say: (sentence: string) => void) {
    this.key = `draft:${data.reader}:${data.slug}`;
    this.url = data.draftUrl ?? "";
    addEventListener("pagehide", () => this.flush());
  }

  /** The source to start from: what this browser holds unsent, else what the server gave. */
  restore(served: string): string {
    const kept = this.kept();
    if (!kept || kept.sent || kept.source === served) return served;
    this.later(kept.source);
    return kept.source;
  }

  changed(source: string): void {
    this.keep({ source, sent: false });
    this.say(this.url ? "Saving" : "Kept in this browser");
    this.later(source);
  }

  private later(source: string): void {
    clearTimeout(this.timer);
    if (this.url) this.timer = setTimeout(() => void this.send(source), PAUSE_MS);
  }

  private async send(source: string): Promise<void> {
    const body = new FormData();
    body.set("source", source);
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const reply = await fetch(this.url, { method: "POST", body, headers, keepalive: true }).catch(() => null);
    if (this.kept()?.source !== source) return; // typed on meanwhile; a newer send is due
    if (!reply?.ok) return this.say("Kept in this browser; the server did not take it");
    this.keep({ source, sent: true });
    this.say(`Saved ${new Date().toLocaleTimeString("en-GB")}`);
  }

  private flush(): void {
    const kept = this.kept();
    if (this.url && kept && !kept.sent) void this.send(kept.source);
  }

  private kept(): Kept | null {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  private keep(kept: Kept): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      this.say("This browser keeps no drafts");
    }
  }
}
