// Tells the program that a page is open, where it ends once none is.

/** Holds a stream open for as long as the page is. One page of the browser does it for all: a
 *  browser opens few connections to a program, and each stream takes one. */
export function stay() {
    const hold = () => {
        const stream = new EventSource("/session/presence");
        // A lock is kept until what it is given resolves.
        return new Promise((resolve) => addEventListener("pagehide", () => {
            stream.close();
            resolve();
        }, { once: true }));
    };
    if (navigator.locks) navigator.locks.request("autochrome-presence", hold);
    else hold();
}
