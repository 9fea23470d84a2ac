import { text } from "./strings.js";

const steps = {
    ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10,
};

/** The picture before, left of a divider, and after, right of it. */
export class Compare {
    #picture;
    #divider;
    #position = 100;

    constructor(picture) {
        this.#picture = picture;
        this.#divider = picture.querySelector(".divider");
        picture.addEventListener("pointerdown", (event) => this.#begin(event));
        picture.addEventListener("pointermove", (event) => {
            if (picture.hasPointerCapture(event.pointerId)) this.#follow(event);
        });
        picture.addEventListener("pointerup", (event) => {
            if (picture.hasPointerCapture(event.pointerId)) this.#follow(event);
        });
        this.#divider.addEventListener("keydown", (event) => this.#key(event));
        this.move(100);
    }

    /** Names it for those who cannot see it. */
    set name(name) {
        this.#divider.setAttribute("aria-label", text.divider(name));
    }

    /** Puts the divider at so many percent from the left. */
    move(position) {
        this.#position = Math.min(100, Math.max(0, position));
        const shown = Math.round(this.#position);
        this.#picture.style.setProperty("--split", `${this.#position}%`);
        this.#divider.setAttribute("aria-valuenow", shown);
        this.#divider.setAttribute("aria-valuetext", text.inColour(100 - shown));
    }

    /** Draws the divider from the right to the middle, so that colour comes in. */
    reveal() {
        this.#picture.classList.add("revealing");
        this.#picture.addEventListener("transitionend", () => this.#settle(), { once: true });
        this.move(50);
    }

    #settle() {
        this.#picture.classList.remove("revealing");
    }

    #begin(event) {
        if (event.button !== 0) return;
        this.#settle();
        this.#picture.setPointerCapture(event.pointerId);
        this.#divider.focus({ preventScroll: true });
        // A finger may be about to scroll the page; then no pointerup comes.
        if (event.pointerType !== "touch") this.#follow(event);
        event.preventDefault();
    }

    #follow(event) {
        const { left, width } = this.#picture.getBoundingClientRect();
        this.move((100 * (event.clientX - left)) / width);
    }

    #key(event) {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === "Home") this.move(0);
        else if (event.key === "End") this.move(100);
        else if (event.key in steps) {
            this.move(Math.round(this.#position) + steps[event.key] * (event.shiftKey ? 5 : 1));
        } else return;
        this.#settle();
        event.preventDefault();
    }
}
