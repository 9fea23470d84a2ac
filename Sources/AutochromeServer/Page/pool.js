/** At most so many tasks at a time, in order; urgent ones first. */
export class Pool {
    #free;
    #waiting = [];

    constructor(places) {
        this.#free = places;
    }

    /** Runs the task when there is a place, and resolves as it does. */
    async run(task, urgent = false) {
        if (this.#free > 0) {
            this.#free -= 1;
        } else {
            await new Promise((start) => {
                if (urgent) this.#waiting.unshift(start);
                else this.#waiting.push(start);
            });
        }
        try {
            return await task();
        } finally {
            const next = this.#waiting.shift();
            if (next) next();
            else this.#free += 1;
        }
    }
}
