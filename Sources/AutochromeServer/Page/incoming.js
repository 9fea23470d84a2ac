// Photographs come in by picking, dropping (folders too) and pasting.

const picker = document.querySelector("#files");

/** Whether a name ends as one of the files that the picker takes. */
function isPhotograph(name) {
    return picker.accept.split(",").some((ending) => name.toLowerCase().endsWith(ending));
}

/** Calls `take` with the files of each picking, dropping or pasting. */
export function listen(take) {
    for (const button of document.querySelectorAll(".pick")) {
        button.addEventListener("click", () => picker.click());
    }
    picker.addEventListener("change", () => {
        take([...picker.files]);
        // So that the same file can be picked again.
        picker.value = "";
    });
    document.addEventListener("paste", (event) => {
        const files = [...event.clipboardData.files];
        if (files.length > 0) take(files);
    });
    listenForDrops(take);
}

function listenForDrops(take) {
    const veil = document.querySelector("#veil");
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        veil.hidden = false;
    });
    document.addEventListener("dragleave", (event) => {
        // Without a related target it has left the window.
        if (!event.relatedTarget) veil.hidden = true;
    });
    document.addEventListener("drop", async (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        veil.hidden = true;
        take(await dropped(event.dataTransfer));
    });
}

/** The files dropped, and the photographs in the folders dropped. */
async function dropped(transfer) {
    // The entries have to be taken now: the transfer is emptied when the event is over.
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
    if (!entries.some((entry) => entry?.isDirectory)) return [...transfer.files];
    const files = await Promise.all(entries.map((entry) => (entry ? opened(entry, false) : [])));
    return files.flat();
}

async function opened(entry, isInFolder) {
    if (entry.isDirectory) return inFolder(entry);
    if (isInFolder && (entry.name.startsWith(".") || !isPhotograph(entry.name))) return [];
    // What cannot be opened is left out.
    return new Promise((resolve) => entry.file((file) => resolve([file]), () => resolve([])));
}

async function inFolder(folder) {
    const reader = folder.createReader();
    const files = [];
    // A reader gives its entries in lots, and at the end an empty one.
    for (;;) {
        const lot = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
        if (lot.length === 0) return files;
        for (const entry of lot) files.push(...await opened(entry, true));
    }
}
