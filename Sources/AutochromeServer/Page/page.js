// The page: photographs come in, are coloured by the program that serves it, and go out.

import { listen } from "./incoming.js";
import { Large } from "./large.js";
import { Photograph } from "./photograph.js";
import { stay } from "./presence.js";
import * as server from "./server.js";
import { bytes, formatName, language, text, translate } from "./strings.js";

const find = (selector) => document.querySelector(selector);
const list = find("#photographs");
const photographs = [];
const large = new Large(() => photographs);
let settings = { vividness: 0.5, saturation: 1 };
let mostBytes = Infinity;
let trouble = "";
/** Whether the program is for this person alone: it ends with its pages, and keeps what they show. */
let isVisit = false;
/** Why photographs that it was opened with are not there. */
let problems = [];

document.documentElement.lang = language;
translate(document);
find("#toolbar").setAttribute("aria-label", text.tools);
find("#download-all").title = text.oneArchive;
find("#privacy").textContent = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname)
    ? text.privacyHere : text.privacyThere(location.host);
update();
listen(add);
find("#download-all").addEventListener("click", downloadAll);
find("#all-again").addEventListener("click", allAgain);
addEventListener("pagehide", leave);
showLimits();

async function showLimits() {
    // The page works without; what is too large the program refuses itself.
    const limits = await server.limits().catch(() => undefined);
    if (!limits) return;
    mostBytes = limits.maxUploadBytes;
    const formats = limits.formats.map(formatName).join(", ");
    find("#limits").textContent = text.limits(formats, bytes(mostBytes));
    find("#model").textContent = text.model(limits.model);
    // The article's network gives one colour a pixel: there is nothing to choose.
    document.body.classList.toggle("plain-model", limits.takesVividness === false);
    if (limits.endsWithPages) await visit();
}

/** Shows what the program was opened with, and what an earlier visit has left. */
async function visit() {
    isVisit = true;
    stay();
    const found = await server.photographs().catch(() => undefined);
    for (const state of found?.photographs ?? []) {
        const photograph = hold(new Photograph({ name: state.name }, settings, changed, troubled));
        photograph.adopt(state);
    }
    for (const problem of found?.problems ?? []) announce(problem);
    problems = found?.problems ?? [];
    update();
}

function inState(state) {
    return photographs.filter((photograph) => photograph.state === state);
}

function add(files) {
    announce(files.length > 0 ? text.added(files.length) : text.nothingFound);
    for (const file of files) addOne(file);
    update();
}

function addOne(file) {
    begin(hold(new Photograph(file, settings, changed, troubled)));
}

/** Gives a photograph its place on the page. */
function hold(photograph) {
    const { card } = photograph;
    card.on({
        settings: (wanted) => photograph.set(wanted, true),
        again: () => again(photograph),
        forAll: () => useForAll(photograph),
        enlarge: () => large.show(photograph),
        remove: () => remove(photograph),
        download: (event) => download(event, photograph),
    });
    photographs.push(photograph);
    list.append(card.element);
    return photograph;
}

function begin(photograph) {
    photograph.begin(mostBytes);
}

/** The button that was pressed goes, so the focus moves to one that stays. */
function again(photograph) {
    begin(photograph);
    photograph.card.focus(".remove");
}

/** Those that can all be coloured again from here. */
function lost() {
    return photographs.filter(({ state, isUnanswered, isSendable }) =>
        isSendable && (state === "gone" || isUnanswered));
}

function allAgain() {
    lost().forEach(begin);
    find("#toolbar .pick").focus();
}

/** No page shows them any more, unless the browser keeps this one to go back to. */
function leave({ persisted }) {
    if (!persisted && !isVisit) photographs.forEach((photograph) => photograph.giveUp());
}

let isWatching = false;

/** Asks after the photographs at work, those at the head of the queue only. */
async function watch() {
    if (isWatching) return;
    isWatching = true;
    for (;;) {
        const pending = photographs.filter((photograph) => photograph.isPending);
        if (pending.length === 0) break;
        await Promise.all(pending.slice(0, 4).map((photograph) => photograph.refresh()));
        await server.sleep(0.3);
    }
    isWatching = false;
}

const announced = new WeakMap();

function changed(photograph) {
    const { name, state, card } = photograph;
    if (announced.get(photograph) !== state) {
        announced.set(photograph, state);
        if (state === "done") announce(text.done(name));
        if (state === "failed") announce(text.failure(name, card.problem));
        if (state === "gone") announce(text.endedAll);
        update();
    }
    watch();
}

/** Takes what went wrong with a photograph that is still there, or "" once the program answers. */
function troubled(sentence) {
    if (sentence) announce(sentence);
    if (sentence === trouble) return;
    trouble = sentence;
    update();
}

/** Shows what is said of all photographs together. */
function update() {
    const total = photographs.length;
    const done = inState("done").length;
    const failed = inState("failed").length;
    const settled = done + failed + inState("gone").length;
    document.body.dataset.count = Math.min(total, 3);
    find("#welcome").hidden = total > 0;
    find("#toolbar").hidden = total === 0;
    find("#count").textContent = text.count(done, total, failed);
    find("#toolbar").style.setProperty("--done", total > 0 ? settled / total : 0);
    find("#download-all").disabled = done === 0;
    showNotice();
    large.refresh();
    document.title = settled < total ? `(${done}/${total}) ${text.title}` : text.title;
}

function showNotice() {
    const isUnanswered = lost().some((photograph) => photograph.isUnanswered);
    const current = isUnanswered ? text.unreachable : inState("done").length > 0 ? trouble : "";
    const ended = inState("gone").length > 0 ? text.endedAll : current;
    const sentence = ended || problems.join(" ");
    find("#notice").hidden = sentence === "";
    find("#notice p").textContent = sentence;
    find("#all-again").hidden = lost().length === 0;
}

let unsaid = new Set();

/** Says it to those who hear the page; what comes together is said together. */
function announce(sentence) {
    if (unsaid.size === 0) {
        setTimeout(() => {
            // What is outside of an open dialog is not heard.
            const region = find("#large[open] .unseen") ?? find("#announcements");
            region.textContent = [...unsaid].join(" ");
            unsaid = new Set();
        }, 400);
    }
    unsaid.add(sentence);
}

function useForAll({ settings: chosen }) {
    settings = chosen;
    for (const photograph of photographs) {
        const { vividness, saturation } = photograph.settings;
        const isSame = vividness === chosen.vividness && saturation === chosen.saturation;
        if (!isSame) photograph.set(chosen, false);
    }
    announce(text.usedForAll);
}

function remove(photograph) {
    large.release(photograph);
    const index = photographs.indexOf(photograph);
    photographs.splice(index, 1);
    photograph.remove();
    update();
    announce(text.removed(photograph.name));
    const neighbour = photographs[Math.min(index, photographs.length - 1)];
    if (neighbour) neighbour.card.focus(".remove");
    else find("#welcome .pick").focus();
}

function fetchFile(address) {
    const link = document.createElement("a");
    link.href = address;
    link.download = "";
    link.click();
}

/** The browser does not say what became of a download, so the session is looked at before. */
async function download(event, photograph) {
    event.preventDefault();
    if (photograph.state !== "done" || !(await photograph.isThere())) return;
    fetchFile(server.fileAddress(photograph.id, photograph.settings));
}

async function downloadAll() {
    const found = new Set();
    await Promise.all(inState("done").map(async (photograph) => {
        if (await photograph.isThere()) found.add(photograph);
    }));
    const there = inState("done").filter((photograph) => found.has(photograph));
    if (there.length > 0) fetchFile(server.archiveAddress(there));
}
