import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { scopeThatIsRead } from '#lib/registration/scope.js';
import { register, type RegisterOptions, unregister } from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';
import { within } from './within.js';

/** Whether COM reads only per-machine registrations for this process. */
export const perMachine = (await scopeThatIsRead()) === 'machine';

export interface ModuleParts {
  /** The path of the module in a folder of the test. */
  readonly path?: string;
  readonly clsids?: readonly string[];
  readonly progId?: string;
  readonly serveOptions?: { grace?: number; idle?: number; linger?: number };
  /** More methods as source text, such as `'add: (call, a, b) => a + b,'`. */
  readonly methods?: string;
  /** Other server options as source text, in place of the methods: `'class: Counter,'`. */
  readonly options?: string;
  /** More source text of the module. */
  readonly more?: string;
}

/** A file with a module of servers. */
export class TemporaryModule implements Disposable {
  readonly path: string;
  readonly clsid: string;
  readonly clsids: readonly string[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'async-com-'));

  private constructor(parts: ModuleParts) {
    this.path = join(this.#folder, parts.path ?? 'server.mjs');
    this.clsids = parts.clsids ?? [newClsid()];
    [this.clsid = ''] = this.clsids;
  }

  static async write(parts: ModuleParts = {}): Promise<TemporaryModule> {
    const module = new TemporaryModule(parts);
    await mkdir(dirname(module.path), { recursive: true });
    const progId = parts.progId === undefined ? '' : `progId: ${JSON.stringify(parts.progId)},`;
    const servers = module.clsids.map(
      (clsid) =>
        `{ clsid: '${clsid}', ${progId} ` +
        (parts.options ??
          `methods: {
        pid: () => process.pid,
        args: () => process.argv.slice(1),
        clsid: () => '${clsid}',
        ${parts.methods ?? ''}
      }`) +
        ' }',
    );
    writeFileSync(
      module.path,
      `${parts.more ?? ''}
      export default [${servers.join(',\n')}];
      export const serveOptions = ${JSON.stringify(parts.serveOptions ?? { idle: 0, linger: 50 })};`,
    );
    return module;
  }

  [Symbol.dispose](): void {
    // A server that still runs may have the file open for a moment.
    if (existsSync(this.#folder)) rmSync(this.#folder, { recursive: true, maxRetries: 5 });
  }
}

/** A module whose servers COM starts. */
export class RegisteredModule implements AsyncDisposable {
  readonly module: TemporaryModule;

  private constructor(module: TemporaryModule) {
    this.module = module;
  }

  static async register(
    parts: ModuleParts = {},
    options: RegisterOptions = {},
  ): Promise<RegisteredModule> {
    const module = await TemporaryModule.write(parts);
    const written = await register(module.path, { perMachine, proxyStub: false, ...options });
    const line = written.find(({ key, name }) => key.endsWith('LocalServer32') && name === '');
    // Wine 8.0 does not start a longer command line. It fails with ERROR_FILE_NOT_FOUND.
    if (perMachine) assert.ok(String(line?.data).length <= 260, `too long: ${String(line?.data)}`);
    return new RegisteredModule(module);
  }

  get clsid(): string {
    return this.module.clsid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await unregister(this.module.path, { perMachine });
    this.module[Symbol.dispose]();
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the process has ended. */
export async function ended(pid: number): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (isRunning(pid)) return;
      clearInterval(timer);
      resolve();
    }, 10);
  });
  await within(15_000, gone, `process ${pid} to end`);
}
