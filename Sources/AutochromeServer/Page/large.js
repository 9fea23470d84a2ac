/** One photograph over the whole window; its card's contents are lent to it meanwhile. */
export class Large {
    #dialog = document.querySelector("#large");
    #body = document.querySelector("#large-body");
    #photograph;
    #all;

    /** `all` gives the photographs in their order. */
    constructor(all) {
        this.#all = all;
        const on = (id, action) =>
            document.querySelector(id).addEventListener("click", action);
        on("#close", () => this.#dialog.close());
        on("#previous", () => this.#go(-1));
        on("#next", () => this.#go(1));
        this.#dialog.addEventListener("close", () => this.#closed());
    }

    /** Shows a photograph in it, and opens it if need be. */
    show(photograph) {
        this.#giveBack();
        this.#photograph = photograph;
        const { element } = photograph.card;
        // The page behind keeps its place.
        element.style.setProperty("min-height", `${element.offsetHeight}px`);
        this.#body.replaceChildren(photograph.card.body);
        document.querySelector("#large-name").textContent = photograph.name;
        this.refresh();
        if (this.#dialog.open) return;
        this.#dialog.showModal();
        photograph.card.focus(".divider");
    }

    /** Shows whether there is another to go to. */
    refresh() {
        const alone = this.#all().length < 2;
        document.querySelector("#previous").disabled = alone;
        document.querySelector("#next").disabled = alone;
    }

    /** Lets go of a photograph that is being removed. */
    release(photograph) {
        if (this.#photograph === photograph) this.#dialog.close();
    }

    #go(step) {
        const all = this.#all();
        const index = all.indexOf(this.#photograph) + step;
        this.show(all[(index + all.length) % all.length]);
    }

    #giveBack() {
        const card = this.#photograph?.card;
        card?.element.append(card.body);
        card?.element.style.removeProperty("min-height");
        this.#photograph = undefined;
    }

    #closed() {
        const card = this.#photograph?.card;
        this.#giveBack();
        card?.focus(".enlarge");
    }
}
