// <predict-first>: the reader commits to an answer; then the page says why.
class PredictFirst extends HTMLElement {
  connectedCallback(): void {
    const says = this.querySelector("output")!;
    this.addEventListener("change", (event) => {
      const why = this.querySelector(`#${(event.target as HTMLInputElement).dataset.why}`);
      says.replaceChildren(...[...(why?.childNodes ?? [])].map((node) => node.cloneNode(true)));
    });
  }
}

customElements.define("predict-first", PredictFirst);
