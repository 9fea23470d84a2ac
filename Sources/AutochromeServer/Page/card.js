import { Compare } from "./compare.js";
import { text, translate } from "./strings.js";

const template = document.querySelector("#card");

/** The picture at that address, decoded before it is shown, so that it comes without a gap. */
async function decoded(address) {
    const image = new Image();
    image.src = address;
    try {
        await image.decode();
    } catch (error) {
        URL.revokeObjectURL(address);
        throw error;
    }
    return { width: image.naturalWidth, height: image.naturalHeight };
}

const percent = (fraction) => Math.round(100 * fraction);

/** What is seen of one photograph. */
export class Card {
    #parts = {};
    #addresses = {};

    constructor(name) {
        this.element = template.content.firstElementChild.cloneNode(true);
        translate(this.element);
        const names = ["article", ".picture", "img.before", ".after img", ".divider", ".status",
            "progress", ".sentence", ".detail", ".name", ".size", ".vividness", ".saturation",
            ".download", ".again", ".for-all", ".enlarge", ".remove"];
        for (const part of names) this.#parts[part] = this.element.querySelector(part);
        this.compare = new Compare(this.#parts[".picture"]);
        this.#name(name);
    }

    #name(name) {
        const parts = this.#parts;
        parts[".name"].textContent = name;
        parts[".name"].title = name;
        parts["img.before"].alt = text.beforeOf(name);
        parts[".after img"].alt = text.afterOf(name);
        this.compare.name = name;
        const labels = {
            progress: name, ".download": text.downloadOf(name), ".for-all": text.forAllOf(name),
            ".enlarge": text.enlarge(name), ".remove": text.remove(name),
            ".vividness": `${text.vividness}, ${name}`,
            ".saturation": `${text.saturation}, ${name}`,
        };
        for (const [part, label] of Object.entries(labels)) {
            parts[part].setAttribute("aria-label", label);
        }
        for (const part of [".enlarge", ".remove"]) parts[part].title = labels[part];
    }

    /** The part that `large.js` borrows. */
    get body() {
        return this.#parts.article;
    }

    /** Calls back on use; `settings` comes with the new values. */
    on({ settings, again, forAll, enlarge, remove, download }) {
        for (const part of [".vividness", ".saturation"]) {
            this.#parts[part].addEventListener("input", () => settings(this.#read()));
        }
        this.#parts[".again"].addEventListener("click", again);
        this.#parts[".for-all"].addEventListener("click", forAll);
        this.#parts[".enlarge"].addEventListener("click", enlarge);
        this.#parts[".remove"].addEventListener("click", remove);
        this.#parts[".download"].addEventListener("click", download);
    }

    #read() {
        return {
            vividness: Number(this.#parts[".vividness"].value),
            saturation: Number(this.#parts[".saturation"].value),
        };
    }

    /** Shows the settings, and where the file of these settings is once there is one. */
    showSettings(settings, address) {
        for (const [key, most] of [["vividness", 1], ["saturation", 2]]) {
            const input = this.#parts[`.${key}`];
            const words = text.percent(percent(settings[key]));
            input.value = settings[key];
            input.style.setProperty("--value", settings[key] / most);
            input.setAttribute("aria-valuetext", words);
            input.previousElementSibling.textContent = words;
        }
        const link = this.#parts[".download"];
        link.toggleAttribute("href", Boolean(address));
        link.toggleAttribute("download", Boolean(address));
        link.setAttribute("aria-disabled", String(!address));
        if (address) link.href = address;
    }

    /** Shows the state, a sentence to it, and how far along it is (0...1, or unknown). */
    showState(state, sentence, progress) {
        const bar = this.#parts.progress;
        this.body.dataset.state = state;
        const failed = state === "failed" || state === "gone";
        this.#parts[".status"].textContent = failed ? "" : sentence;
        this.#parts[".sentence"].textContent = failed ? sentence : "";
        this.#parts[".detail"].textContent = "";
        this.#parts[".again"].textContent = state === "gone" ? text.colourAgain : text.again;
        if (progress === undefined) bar.removeAttribute("value");
        else bar.value = progress;
    }

    /** The sentence that tells how it failed. */
    get problem() {
        return this.#parts[".sentence"].textContent;
    }

    /** Adds what the program itself said, in its own language. */
    showDetail(detail) {
        this.#parts[".detail"].textContent = detail;
    }

    /** Whether there is something to try again with. */
    set canTryAgain(can) {
        this.#parts[".again"].hidden = !can;
    }

    /** Shows the size in pixels, and gives the picture its shape. */
    showSize(width, height) {
        this.#parts[".picture"].style.setProperty("--ratio", width / height);
        this.#parts[".size"].textContent = `${width} × ${height}`;
    }

    /** Shows the file itself, in grey, as long as there is nothing better; not every browser
     *  can show every format. */
    async showFile(file) {
        const address = URL.createObjectURL(file);
        const { width, height } = await decoded(address).catch(() => ({ width: 0 }));
        if (!width || this.#addresses.before) return URL.revokeObjectURL(address);
        this.#put("before", this.#parts["img.before"], address);
        this.#parts[".picture"].style.setProperty("--ratio", width / height);
    }

    /** Shows the photograph before. */
    showBefore(blob) {
        return this.#show("before", this.#parts["img.before"], blob);
    }

    /** Shows the photograph after. */
    showAfter(blob) {
        return this.#show("after", this.#parts[".after img"], blob);
    }

    async #show(key, image, blob) {
        const address = URL.createObjectURL(blob);
        await decoded(address);
        this.#put(key, image, address);
    }

    #put(key, image, address) {
        image.src = address;
        image.hidden = false;
        if (this.#addresses[key]) URL.revokeObjectURL(this.#addresses[key]);
        this.#addresses[key] = address;
    }

    /** Hides both pictures. */
    clear() {
        for (const part of ["img.before", ".after img"]) this.#parts[part].hidden = true;
        for (const address of Object.values(this.#addresses)) URL.revokeObjectURL(address);
        this.#addresses = {};
        this.compare.move(100);
    }

    /** Takes it from the page. */
    remove() {
        this.element.remove();
        this.body.remove();
        this.clear();
    }

    /** Gives the focus to one of its parts. */
    focus(part) {
        this.#parts[part].focus();
    }
}
