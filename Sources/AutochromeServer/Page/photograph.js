import { Card } from "./card.js";
import { Pool } from "./pool.js";
import * as server from "./server.js";
import { language, sizes, text } from "./strings.js";

const uploads = new Pool(3);
const renders = new Pool(2);

/** How long the settings rest before a picture of older ones is no longer waited for. */
const rest = 80;

/** One photograph, from its file to its colours. Its states: waiting, uploading, queued,
 *  coloring, done, failed, and gone when the session no longer has it. */
export class Photograph {
    id;
    state;
    #life = new AbortController();
    #rendering;
    #asked;
    #timer;
    #opening;
    #status;
    #changed;
    #troubled;

    /** `changed` is called with it after each change of its state; `troubled` with a sentence
     *  when something fails that leaves it done, and with "" when something succeeds. */
    constructor(file, settings, changed, troubled) {
        this.file = file;
        this.name = file.name;
        this.settings = settings;
        this.#changed = changed;
        this.#troubled = troubled;
        this.card = new Card(file.name);
        this.card.showSettings(settings);
    }

    get #isAtWork() {
        return this.state === "queued" || this.state === "coloring";
    }

    /** Whether the program is to be asked how far along it is. */
    get isPending() {
        return this.#isAtWork && this.#opening !== this.#life;
    }

    /** Whether its file is at hand, to be sent again. */
    get isSendable() {
        return this.file.size !== undefined;
    }

    /** Whether it failed because the program gave no answer. */
    get isUnanswered() {
        return this.state === "failed" && this.#status === 0;
    }

    #show(state, sentence, progress) {
        this.state = state;
        this.card.showState(state, sentence, progress);
        this.#changed(this);
    }

    /** Sends the file; afterwards `refresh` is to be called until it is no longer pending. */
    async begin(mostBytes) {
        this.#life.abort();
        this.#life = new AbortController();
        this.#forget();
        this.#status = undefined;
        this.card.clear();
        this.card.showSettings(this.settings);
        this.card.canTryAgain = this.file.size <= mostBytes;
        if (this.file.size > mostBytes) {
            return this.#show("failed", text.tooLarge(...sizes(this.file.size, mostBytes)));
        }
        this.#show("waiting", text.waiting);
        this.card.showFile(this.file);
        await this.#guarded((signal) => uploads.run(() => this.#upload(signal)));
    }

    /** Takes over one that the program has already; `refresh` is to be called as for one sent. */
    adopt({ id, width, height, vividness, saturation }) {
        this.id = id;
        this.settings = { vividness: vividness ?? this.settings.vividness, saturation };
        this.card.canTryAgain = false;
        this.card.showSettings(this.settings);
        this.card.showSize(width, height);
        this.#show("queued", text.waiting);
    }

    async #upload(signal) {
        const sending = async () => {
            this.#show("uploading", text.uploading(0), 0);
            await server.beginSession();
            return server.upload(this.file, (part) => {
                this.#show("uploading", text.uploading(Math.round(100 * part)), part);
            }, signal);
        };
        const { id, width, height } = await server.patiently(sending, (status, seconds) => {
            this.#show("waiting", status === 0 ? text.silent : text.busy(seconds));
        }, signal);
        this.id = id;
        this.card.showSize(width, height);
        this.#show("queued", text.waiting);
    }

    /** Asks how far along it is; once it is done, begins to show it. */
    refresh() {
        return this.#guarded(async (signal) => {
            const found = await server.state(this.id, signal);
            if (found.state === "done") return void this.#open();
            if (found.state === "failed") {
                throw new server.Problem(found.status ?? 500, found.problem);
            }
            if (found.state === "queued") {
                const known = Number.isInteger(found.position);
                return this.#show("queued", known ? text.queued(found.position) : text.waiting);
            }
            const progress = found.progress ?? 0;
            this.#show("coloring", text.coloring(Math.round(100 * progress)), progress);
        });
    }

    /** Until it ends, `refresh` is not to be called; if it fails without an answer, again. */
    async #open() {
        const life = this.#life;
        this.#opening = life;
        await this.#guarded((signal) => this.#showPictures(signal));
        if (this.#opening !== life) return;
        this.#opening = undefined;
        this.#changed(this);
    }

    async #showPictures(signal) {
        this.#show("coloring", text.opening, 1);
        const settings = this.settings;
        const wait = (action) =>
            renders.run(() => server.patiently(action, () => {}, signal));
        const [before, after] = await Promise.all([
            wait(() => server.before(this.id, signal)),
            wait(() => server.after(this.id, settings, signal)),
        ]);
        await Promise.all([this.card.showBefore(before), this.card.showAfter(after)]);
        this.#asked = settings;
        this.#show("done", "");
        this.card.compare.reveal();
        this.#showSettings();
        if (this.settings !== settings) this.#render(false);
    }

    #showSettings() {
        const address = this.state === "done" && server.fileAddress(this.id, this.settings);
        this.card.showSettings(this.settings, address);
    }

    /** Takes new settings. While they keep changing, each picture on its way is still shown;
     *  once they rest, one that is of older settings is given up. */
    set(settings, urgent) {
        this.settings = settings;
        this.#showSettings();
        if (this.state !== "done") return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
            if (this.#asked !== this.settings) this.#render(urgent);
        }, rest);
        if (!this.#rendering) this.#render(urgent);
    }

    async #render(urgent) {
        this.#rendering?.abort();
        const rendering = new AbortController();
        this.#rendering = rendering;
        this.#asked = this.settings;
        const isShown = await this.#guarded(async (life) => {
            const signal = AbortSignal.any([life, rendering.signal]);
            const settings = this.settings;
            const picture = await renders.run(() => server.patiently(
                () => server.after(this.id, settings, signal), () => {}, signal), urgent);
            if (!signal.aborted) await this.card.showAfter(picture);
        });
        if (this.#rendering !== rendering) return;
        this.#rendering = undefined;
        if (!isShown) {
            // The next step of a slider asks again.
            this.#asked = undefined;
            return;
        }
        if (this.#asked !== this.settings && this.state === "done") this.#render(urgent);
    }

    /** Whether the session still has it, asked before a download. */
    isThere() {
        return this.#guarded((signal) => server.state(this.id, signal));
    }

    /** Does what may fail, shows how it failed, and resolves to whether it succeeded. Given up on
     *  purpose is no failure to show. */
    async #guarded(action) {
        const { signal } = this.#life;
        try {
            await action(signal);
            this.#troubled("");
            return true;
        } catch (error) {
            if (signal.aborted || error.name === "AbortError") return false;
            if (error.status === 0 && this.#isAtWork) this.#show(this.state, text.silent);
            else this.#fail(error);
            return false;
        }
    }

    #fail({ status, message }) {
        if (status === 404) return this.#show("gone", text.ended);
        // What is no answer of the program is a picture that the browser could not read.
        const said = status === undefined ? "" : message;
        const known = status === 0 ? text.unreachable : text.failed[status];
        const sentence = known ?? (language === "en" && said ? said : text.failed.any);
        if (this.state === "done") return this.#troubled(sentence);
        this.#status = status;
        this.#show("failed", sentence);
        this.card.canTryAgain = this.isSendable && ![400, 413, 415, 422].includes(status);
        if (language !== "en") this.card.showDetail(said);
        this.#showSettings();
    }

    /** Takes it from the page and from the program. */
    remove() {
        this.giveUp();
        this.card.remove();
    }

    /** Takes it from the program. */
    giveUp() {
        this.#life.abort();
        clearTimeout(this.#timer);
        this.#forget();
    }

    #forget() {
        // If the program does not hear it, the session's end clears what is left.
        if (this.id !== undefined) server.remove(this.id).catch(() => {});
        this.id = undefined;
    }
}
