import { Card } from "./card.js";
import { Pool } from "./pool.js";
import * as server from "./server.js";
import { bytes, language, text } from "./strings.js";

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
    #changed;

    /** `changed` is called with it after each change of its state. */
    constructor(file, settings, changed) {
        this.file = file;
        this.name = file.name;
        this.settings = settings;
        this.#changed = changed;
        this.card = new Card(file.name);
        this.card.showSettings(settings);
    }

    /** Whether the program is at work on it. */
    get isPending() {
        return this.state === "queued" || this.state === "coloring";
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
        this.card.clear();
        this.card.showSettings(this.settings);
        this.card.canTryAgain = this.file.size <= mostBytes;
        if (this.file.size > mostBytes) {
            return this.#show("failed", text.tooLarge(bytes(this.file.size), bytes(mostBytes)));
        }
        this.#show("waiting", text.waiting);
        this.card.showFile(this.file);
        await this.#guarded((signal) => uploads.run(() => this.#upload(signal)));
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

    /** Asks how far along it is; once it is done, shows it. */
    refresh() {
        return this.#guarded(async (signal) => {
            const found = await server.state(this.id, signal);
            if (found.state === "done") return this.#open(signal);
            if (found.state === "failed") throw new server.Problem(500, found.problem);
            if (found.state === "queued") {
                const known = Number.isInteger(found.position);
                return this.#show("queued", known ? text.queued(found.position) : text.waiting);
            }
            const progress = found.progress ?? 0;
            this.#show("coloring", text.coloring(Math.round(100 * progress)), progress);
        });
    }

    async #open(signal) {
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
        await this.#guarded(async (life) => {
            const signal = AbortSignal.any([life, rendering.signal]);
            const settings = this.settings;
            const picture = await renders.run(() => server.patiently(
                () => server.after(this.id, settings, signal), () => {}, signal), urgent);
            if (!signal.aborted) await this.card.showAfter(picture);
        });
        if (this.#rendering !== rendering) return;
        this.#rendering = undefined;
        if (this.#asked !== this.settings && this.state === "done") this.#render(urgent);
    }

    /** Whether the session still has it, asked before a download. */
    async isThere() {
        await this.#guarded((signal) => server.state(this.id, signal));
        return this.state === "done";
    }

    /** Does what may fail, and shows how it failed. Given up on purpose is no failure. */
    async #guarded(action) {
        const { signal } = this.#life;
        try {
            await action(signal);
        } catch (error) {
            if (signal.aborted || error.name === "AbortError") return;
            if (error.status === 0 && this.isPending) this.#show(this.state, text.silent);
            else this.#fail(error);
        }
    }

    #fail({ status, message }) {
        if (status === 404) return this.#show("gone", text.ended);
        // What is no answer of the program is a picture that the browser could not read.
        const said = status === undefined ? "" : message;
        const known = status === 0 ? text.unreachable : text.failed[status];
        this.#show("failed", known ?? (language === "en" && said ? said : text.failed.any));
        this.card.canTryAgain = ![413, 415, 422].includes(status);
        if (language !== "en") this.card.showDetail(said);
        this.#showSettings();
    }

    /** Takes it from the page and from the program. */
    remove() {
        this.#life.abort();
        clearTimeout(this.#timer);
        this.card.remove();
        this.#forget();
    }

    #forget() {
        // If the program does not hear it, the session's end clears what is left.
        if (this.id !== undefined) server.remove(this.id).catch(() => {});
        this.id = undefined;
    }
}
