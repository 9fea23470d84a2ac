// What the page asks of the program that serves it.

/** An answer that is not what was asked for. */
export class Problem extends Error {
    /** `status` is HTTP's, 0 without an answer, or "unreadable" where the file cannot be read;
     *  `retryAfter` is in seconds, where the program says so. */
    constructor(status, detail, retryAfter) {
        super(detail);
        this.status = status;
        this.retryAfter = retryAfter;
    }
}

function problem(status, body, field) {
    const seconds = Number.parseInt(field, 10);
    const retryAfter = seconds >= 0 ? seconds : status === 503 ? 2 : undefined;
    let detail = "";
    try {
        detail = JSON.parse(body).detail ?? "";
    } catch {
        // Whatever stands between the page and the program may answer in its own form.
    }
    return new Problem(status, detail, retryAfter);
}

async function request(address, options = {}) {
    let response;
    try {
        response = await fetch(address, options);
    } catch (error) {
        throw error.name === "AbortError" ? error : new Problem(0, "");
    }
    if (response.ok) return response;
    throw problem(response.status, await response.text(), response.headers.get("Retry-After"));
}

const settingsQuery = ({ vividness, saturation }) =>
    `vividness=${vividness}&saturation=${saturation}`;

const photographAddress = (id) => `/session/photographs/${encodeURIComponent(id)}`;

/** What the program takes: `maxUploadBytes`, `formats`, `model`. */
export const limits = async () => (await request("/session/limits")).json();

/** The photographs that the session has already, and why some that were handed over are not. */
export const photographs = async () => (await request("/session/photographs")).json();

let beginning;

/** Begins a session unless there is one: asking for the page does. Whoever asks meanwhile gets
 *  the same, so that photographs that are sent side by side come into one session. */
export function beginSession() {
    beginning ??= request("/", { method: "HEAD", cache: "no-store" })
        .finally(() => { beginning = undefined; });
    return beginning;
}

/** A photograph's state. */
export const state = async (id, signal) =>
    (await request(photographAddress(id), { signal })).json();

/** The photograph in grey. */
export const before = async (id, signal) =>
    (await request(`${photographAddress(id)}/before`, { signal })).blob();

/** The photograph in colour. */
export const after = async (id, settings, signal) =>
    (await request(`${photographAddress(id)}/after?${settingsQuery(settings)}`, { signal })).blob();

/** Forgets a photograph, even while the page is being left. */
export const remove = (id) =>
    request(photographAddress(id), { method: "DELETE", keepalive: true });

/** Where the whole photograph in colour is. */
export const fileAddress = (id, settings) =>
    `${photographAddress(id)}/file?${settingsQuery(settings)}`;

/** Where the archive of several is, each with its own settings. */
export function archiveAddress(photographs) {
    const parts = photographs.map(({ id, settings }) =>
        `id=${encodeURIComponent(id)}:${settings.vividness}:${settings.saturation}`);
    return `/session/archive?${parts.join("&")}`;
}

/** Why there is no answer to a file: the browser tells a file that is gone or was changed like a
 *  program that is not there. */
async function silence(file) {
    try {
        await file.slice(0, 1).arrayBuffer();
        return new Problem(0, "");
    } catch {
        return new Problem("unreadable", "");
    }
}

/** Sends a photograph. `fetch` tells nothing of what has been sent, so XMLHttpRequest does it. */
export function upload(file, onProgress, signal) {
    return new Promise((resolve, reject) => {
        const sending = new XMLHttpRequest();
        sending.open("POST", `/session/photographs?name=${encodeURIComponent(file.name)}`);
        sending.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
        sending.onload = () => {
            const body = sending.responseText;
            if (sending.status === 201) return resolve(JSON.parse(body));
            reject(problem(sending.status, body, sending.getResponseHeader("Retry-After")));
        };
        sending.onerror = async () => reject(await silence(file));
        sending.onabort = () => reject(signal.reason);
        signal.addEventListener("abort", () => sending.abort(), { once: true });
        if (signal.aborted) return reject(signal.reason);
        // Without a type the program goes by what the bytes are.
        sending.send(file.slice(0, file.size, "application/octet-stream"));
    });
}

/** Resolves after so many seconds; rejects when aborted. */
export function sleep(seconds, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, seconds * 1000);
        signal?.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason);
        }, { once: true });
    });
}

/** Does it again after the time asked for whenever the program is busy. Without any answer it
 *  is tried twice more: a program that refuses a long body may close before the body is sent. */
export async function patiently(action, onWait, signal) {
    for (let silences = 0; ;) {
        try {
            return await action();
        } catch (error) {
            if (error.status === 0) silences += 1;
            const wait = error.status === 0 && silences < 3 ? 2 : error.retryAfter;
            if (wait === undefined) throw error;
            onWait(error.status, wait);
            await sleep(Math.max(0.2, wait), signal);
        }
    }
}
