// What a soak has done so far. It is kept in a file, so that a run that was stopped goes on where it
// stopped.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { nothing, type Result } from './part.js';

/** What has been done of a part. */
export interface Done {
  readonly batches: number;
  readonly milliseconds: number;
  readonly result: Result;
}

export class Progress {
  /** Null for a trial, of which nothing is kept. */
  readonly #file: string | null;
  readonly #parts: Record<string, Done>;

  private constructor(file: string | null, parts: Record<string, Done>) {
    this.#file = file;
    this.#parts = parts;
  }

  /** @param restart - Whether to forget what an earlier run has done. */
  static async read(scale: number, restart: boolean): Promise<Progress> {
    if (scale !== 1) return new Progress(null, {});
    const file = '.cache/soak/progress.json';
    const text = restart ? '{}' : await readFile(file, 'utf8').catch(() => '{}');
    return new Progress(file, JSON.parse(text) as Record<string, Done>);
  }

  get isKept(): boolean {
    return this.#file !== null;
  }

  of(part: string): Done {
    return this.#parts[part] ?? { batches: 0, milliseconds: 0, result: nothing };
  }

  async set(part: string, done: Done): Promise<void> {
    this.#parts[part] = done;
    if (this.#file === null) return;
    await mkdir(dirname(this.#file), { recursive: true });
    // A run that is stopped while it writes must not leave half a file.
    await writeFile(`${this.#file}.new`, `${JSON.stringify(this.#parts, null, 2)}\n`);
    await rename(`${this.#file}.new`, this.#file);
  }
}
