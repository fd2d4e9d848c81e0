import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { Job, JobResult } from '../fixtures/identity-client.js';

const runFile = promisify(execFile);

/** Starts a program with arguments, in a folder, and waits until it has ended. */
export type Launch = (program: string, args: readonly string[], folder: string) => Promise<unknown>;

/** Starts a program as the account that runs the tests. */
export const launchAsSelf: Launch = (program, args, cwd) => runFile(program, args, { cwd });

/**
 * A folder with the test addon and the Node that runs it. Another account may not be
 * able to read the project's own folder.
 */
export class ClientFolder implements AsyncDisposable {
  readonly path: string;
  readonly #node: string;
  #jobs = 0;

  private constructor(path: string, node: string) {
    this.path = path;
    this.#node = node;
  }

  static async make(): Promise<ClientFolder> {
    const path = await mkdtemp(join(process.env['ProgramData'] ?? tmpdir(), 'async-com-test-'));
    const fixture = fileURLToPath(new URL('../fixtures/identity-client.js', import.meta.url));
    const node = join(path, basename(process.execPath));
    await Promise.all([
      cp(process.execPath, node),
      cp(fixture, join(path, 'fixtures', basename(fixture))),
      cp('package.json', join(path, 'package.json')),
      cp('dist', join(path, 'dist'), { recursive: true }),
      cp(
        resolve('build/tests/build/Release/async_com.node'),
        join(path, 'build/Release/async_com.node'),
      ),
    ]);
    return new ClientFolder(path, node);
  }

  /** Runs a job in a client, as the account that `launch` uses. */
  async run(launch: Launch, job: Job): Promise<JobResult> {
    const name = `job-${String(++this.#jobs)}`;
    const [jobFile, resultFile] = [join(this.path, `${name}.json`), join(this.path, `${name}.out`)];
    await writeFile(jobFile, JSON.stringify(job));
    const fixture = join(this.path, 'fixtures', 'identity-client.js');
    await launch(this.#node, [fixture, jobFile, resultFile], dirname(fixture));
    return JSON.parse(await readFile(resultFile, 'utf8')) as JobResult;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The addon's file is in use until its process has ended completely.
    await rm(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
