// Follows a submission: server-sent events, and polling when they fail. Every message is the whole panel,
// rendered by the server from the rows, so a lost message costs nothing.
const POLL_MS = 1000;

export interface Source {
  events: string;
  panel: string;
}

/** Calls show with each new panel; it returns true when the panel is the last one. Returns a stop function. */
export function follow(source: Source, show: (panel: string) => boolean): () => void {
  const stream = new EventSource(source.events);
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    stopped = true;
    stream.close();
    clearTimeout(timer);
  };
  const take = (panel: string) => {
    if (!stopped && show(panel)) stop();
  };
  const poll = async () => {
    const reply = await fetch(source.panel, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (reply?.ok) take(await reply.text());
    if (!stopped) timer = setTimeout(poll, POLL_MS);
  };
  stream.addEventListener("panel", (event) => take((event as MessageEvent<string>).data));
  stream.addEventListener("error", () => {
    if (stopped) return;
    stream.close();
    void poll();
  }, { once: true });
  return stop;
}
