// Times are written by the server in its own zone; the browser puts them into the reader's.
const FORMS: Record<string, Intl.DateTimeFormatOptions> = {
  "H:i": { hour: "2-digit", minute: "2-digit" },
  "H:i:s": { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  "j F, H:i": { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
  "j F, H:i:s": { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

export function localTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-form]:not([data-done])")) {
    const form = FORMS[time.dataset.form ?? ""];
    if (form) time.textContent = new Date(time.dateTime).toLocaleString("en-GB", form);
    time.dataset.done = "";
  }
}
