import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { LibraryName } from '../offline/libraries.ts';
import { wantedWhile } from '../queue.ts';
import type { Picture } from '../raster.ts';
import type { Size } from './looks.ts';
import type { DrawReply, DrawRequest } from './page/worker.ts';

/** A figure that takes longer is not drawn; the thread is ended with it. */
const timeLimit = 30_000;
/** The thread is kept so long for the next figure. */
const idleLimit = 120_000;

/** A figure that needs more ends its thread, not the program. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

/** The thread's program is a file of its own, also where the toolkit's modules are joined. */
const program = createRequire(import.meta.url).resolve('#plotly-worker');

interface Waiting {
  readonly request: DrawRequest;
  /** False when the cell that asked was interrupted. */
  isWanted(): boolean;
  settle(reply: { picture: Picture } | { error: string }): void;
  forget(): void;
}

/** The cell that wanted a picture was interrupted. */
export class Forgotten extends Error {
  constructor() {
    super('the cell was interrupted before its chart was drawn');
  }
}

/** The thread that draws, one figure after the other; it never keeps the process alive on its own. */
class Painter {
  #worker: Worker | undefined;
  readonly #queue: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  draw(library: LibraryName, figure: string, { width, height }: Size): Promise<Picture> {
    const id = ++this.#count;
    let isWanted = (): boolean => true;
    const drawn = new Promise<Picture>((resolve, reject) => {
      this.#queue.push({
        request: { id, library, figure, width, height },
        isWanted: () => isWanted(),
        settle: (reply) => ('picture' in reply ? resolve(reply.picture) : reject(new Error(reply.error))),
        forget: () => reject(new Forgotten()),
      });
    });
    isWanted = wantedWhile(drawn);
    if (this.#queue.length === 1) this.#next();
    else if (this.#queue[0]?.isWanted() === false) {
      this.#end();
      this.#next();
    }
    return drawn;
  }

  /** Get the thread ready while the figure is still being prepared. */
  warm(): void {
    if (!this.#worker) this.#start().unref();
  }

  #start(): Worker {
    const worker = new Worker(program, {
      resourceLimits,
      // Flags of the program, such as --input-type, are not meant for a file.
      execArgv: [],
    });
    worker.on('message', (reply: DrawReply) => {
      if (reply.id === this.#queue[0]?.request.id) this.#done(reply);
    });
    worker.on('error', (error) => this.#ended(worker, error.message));
    worker.on('exit', () => this.#ended(worker, 'the thread that draws has ended'));
    this.#worker = worker;
    return worker;
  }

  #next(): void {
    clearTimeout(this.#timer);
    while (this.#queue[0]?.isWanted() === false) this.#queue.shift()?.forget();
    const [waiting] = this.#queue;
    const worker = this.#worker;
    if (!waiting) {
      worker?.unref();
      this.#timer = setTimeout(() => this.#end(), idleLimit).unref();
      return;
    }
    const running = worker ?? this.#start();
    running.ref();
    running.postMessage(waiting.request);
    this.#timer = setTimeout(() => {
      this.#end();
      this.#done({ error: `it took longer than ${timeLimit / 1000} s` });
    }, timeLimit);
  }

  #done(reply: { picture: Picture } | { error: string }): void {
    this.#queue.shift()?.settle(reply);
    this.#next();
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #ended(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    if (this.#queue.length > 0) this.#done({ error: reason });
  }
}

const painter = new Painter();

/** A still picture of a figure, given as JSON, drawn beside the program; rejects with the reason. */
export function drawStill(library: LibraryName, figure: string, size: Size): Promise<Picture> {
  return painter.draw(library, figure, size);
}

/** Start what draws still pictures, which takes a second. */
export function warmStill(): void {
  painter.warm();
}
