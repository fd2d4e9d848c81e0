import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type Connection, startedByCom } from 'async-com';

import { startNewProcess } from '#lib/ipc/start-new-process.js';
import { newClsid } from '#lib/value/identifiers.js';
import {
  ended,
  isRunning,
  RegisteredModule,
  TemporaryModule,
  type ModuleParts,
} from '../support/registered-module.js';

/** How often the test starts a server. `npm run test:cycles` does it more often. */
const cycles = Number(process.env['ASYNC_COM_CYCLES'] ?? 6);

async function pidOf(connection: Connection): Promise<number> {
  return (await connection.call('pid')) as number;
}

describe('a registered class', function () {
  this.timeout(60_000);

  it('starts its server for the first client, whatever characters the module’s path has', async () => {
    await using registered = await RegisteredModule.register({
      path: 'two  spaces & ü 漢字 😀\\it’s (1) 100%.mjs',
      progId: 'AsyncCom.Test.7',
    });
    using connection = await connect('AsyncCom.Test');
    assert.deepEqual(await connection.call('args'), [registered.module.path]);
    const pid = await pidOf(connection);
    assert.notEqual(pid, process.pid);
    using again = await connect('AsyncCom.Test.7');
    assert.equal(await pidOf(again), pid, 'one process serves all');
    connection.close();
    assert.equal(await pidOf(again), pid, 'it stays for the other');
    again.close();
    await ended(pid);
  });

  it('passes its arguments to the server unchanged', async () => {
    const args = ['', 'a b', 'say "hi"', 'c:\\d e\\', '\\"', '%PATH% ^& | <x>', 'ü漢😀'];
    await using registered = await RegisteredModule.register(
      { path: 'a.mjs' },
      { args, nodeOptions: ['--title=a b'] },
    );
    using connection = await connect(registered.clsid);
    assert.deepEqual(await connection.call('args'), [registered.module.path, ...args]);
    const pid = await pidOf(connection);
    connection.close();
    await ended(pid);
  });

  it(`starts its server for a client and ends it afterwards ${cycles} times, and no process is left`, async function () {
    this.timeout(cycles * 10_000);
    const pids = new Set<number>();
    let started = 0;
    // Three classes run at the same time because each mostly waits for its process to start.
    await Promise.all(
      [1, 2, 3].map(async () => {
        await using registered = await RegisteredModule.register();
        while (started < cycles) {
          ++started;
          using connection = await connect(registered.clsid);
          const pid = await pidOf(connection);
          assert.ok(isRunning(pid), 'control');
          pids.add(pid);
          connection.close();
          await ended(pid);
        }
      }),
    );
    assert.ok(pids.size > 0);
    assert.deepEqual([...pids].filter(isRunning), []);
  });

  it('keeps its server while a client is connected or a call is in progress', async () => {
    await using registered = await RegisteredModule.register({
      methods: 'slow: (call, ms) => new Promise((resolve) => setTimeout(resolve, ms)),',
    });
    using connection = await connect(registered.clsid);
    const pid = await pidOf(connection);
    await delay(400);
    assert.equal(await pidOf(connection), pid);
    const slow = connection.call('slow', 400);
    connection.close();
    await slow;
    await ended(pid);
  });

  it('keeps its server for some time after the last client, for the next one', async () => {
    await using registered = await RegisteredModule.register({
      serveOptions: { idle: 1000, linger: 50 },
    });
    let pid = 0;
    for (let client = 0; client < 4; ++client) {
      using connection = await connect(registered.clsid);
      pid ||= await pidOf(connection);
      assert.equal(await pidOf(connection), pid);
    }
    await ended(pid);
  });

  it('starts a new process for a client that connects while the old process is about to end', async () => {
    await using registered = await RegisteredModule.register({
      serveOptions: { idle: 0, linger: 60_000 },
    });
    using connection = await connect(registered.clsid);
    const old = await pidOf(connection);
    connection.close();
    await delay(200);
    using later = await connect(registered.clsid);
    const pid = await pidOf(later);
    assert.notEqual(pid, old);
    assert.ok(isRunning(old), 'control');
    // The new process would linger for as long, so the test ends both.
    later.close();
    process.kill(old);
    process.kill(pid);
    await Promise.all([ended(old), ended(pid)]);
  });

  it('answers clients that connect at different moments while its process ends', async () => {
    await using registered = await RegisteredModule.register({
      serveOptions: { idle: 40, linger: 40 },
    });
    const pids = new Set<number>();
    for (let pause = 0; pause <= 90; pause += 30) {
      using connection = await connect(registered.clsid);
      pids.add(await pidOf(connection));
      connection.close();
      await delay(pause);
    }
    assert.ok(pids.size > 1, 'control: it did end in between');
    for (const pid of pids) await ended(pid);
  });

  it('shares its process with another class of its module', async () => {
    await using registered = await RegisteredModule.register({ clsids: [newClsid(), newClsid()] });
    const [one = '', two = ''] = registered.module.clsids;
    using first = await connect(one);
    using second = await connect(two);
    assert.equal(await first.call('clsid'), one);
    assert.equal(await second.call('clsid'), two);
    const pid = await pidOf(first);
    assert.equal(await pidOf(second), pid);
    first.close();
    await delay(300);
    assert.equal(await pidOf(second), pid);
    second.close();
    await ended(pid);
  });
});

describe('async-com serve', function () {
  this.timeout(60_000);

  it('exits when COM has started it and no client connects', async () => {
    using module = await TemporaryModule.write({ serveOptions: { grace: 200, linger: 0 } });
    const served = run(module.path, '-Embedding');
    assert.deepEqual(await served.end(), { code: 0, output: '', errors: '' });
  });

  it('runs until SIGINT when a user has started it', async () => {
    await using served = await Served.start({
      serveOptions: { grace: 0, idle: 0, linger: 0 },
      methods: "interrupt: () => void setImmediate(() => process.emit('SIGINT')),",
    });
    for (let client = 0; client < 3; ++client) {
      using connection = await connect(served.clsid);
      assert.deepEqual(await connection.call('args'), [served.path, 'an argument']);
      connection.close();
      await delay(100);
    }
    using connection = await connect(served.clsid);
    await connection.call('interrupt');
    const { code, errors } = await served.end();
    assert.deepEqual({ code, errors }, { code: 0, errors: '' });
    await assert.rejects(connection.call('pid'), { name: 'ComError' });
  });

  it('exits although the module keeps a timer running', async () => {
    await using served = await Served.start({
      methods: "interrupt: () => void setImmediate(() => process.emit('SIGINT')),",
      more: 'setInterval(() => undefined, 1000);',
    });
    using connection = await connect(served.clsid);
    await connection.call('interrupt');
    const { code, errors } = await served.end();
    assert.equal(code, 0);
    assert.match(errors, /keeps the process alive/);
  });

  it('prints the error of a handler, with its stack', async () => {
    await using served = await Served.start({
      methods: `boom() { throw new Error('as asked for'); },
        interrupt: () => void setImmediate(() => process.emit('SIGINT')),`,
    });
    using connection = await connect(served.clsid);
    await assert.rejects(connection.call('boom'), { message: 'as asked for' });
    await connection.call('interrupt');
    const { errors } = await served.end();
    assert.match(errors, /boom\(\): Error: as asked for\n +at .*server\.mjs/);
  });

  const failures: readonly (readonly [what: string, source: string, said: RegExp])[] = [
    [
      'throws',
      "throw new Error('as asked for');",
      /cannot be loaded: Error: as asked for\nError: as asked for\n +at /,
    ],
    ['has a syntax error', 'export default {', /cannot be loaded: SyntaxError/],
    ['has no default export', 'export const a = 1;', /must export its servers/],
    [
      'exports serveOptions that are not an object',
      `export default { clsid: '{7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E11}', methods: {} };
      export const serveOptions = 5;`,
      /serveOptions must be an object/,
    ],
    ['exports no valid server', 'export default { methods: {} };', /options\.clsid must be/],
  ];
  for (const [what, source, said] of failures) {
    it(`reports why it cannot serve a module that ${what}`, async () => {
      using module = await TemporaryModule.write();
      await import('node:fs/promises').then(({ writeFile }) => writeFile(module.path, source));
      const { code, errors } = await run(module.path, '-Embedding').end();
      assert.equal(code, 1);
      assert.match(errors, said);
      assert.ok(errors.includes(module.path), errors);
    });
  }

  it('reports a module that does not exist', async () => {
    const { code, errors } = await run('no-such-module.mjs').end();
    assert.equal(code, 1);
    assert.match(errors, /there is no module .*no-such-module\.mjs/);
  });
});

describe('startedByCom()', () => {
  it('is true if the last argument is -Embedding, as COM writes it', () => {
    for (const word of ['-Embedding', '/Embedding', '-embedding']) {
      assert.equal(startedByCom(['node', 'server.mjs', word]), true, word);
    }
    for (const args of [[], ['-Embedding', 'x'], ['Embedding'], ['--Embedding'], ['-Embeddings']]) {
      assert.equal(startedByCom(args), false, args.join(' '));
    }
  });

  it('names its argument when it is not an array of strings', () => {
    for (const args of [null, 'x', 5, {}, [1], ['node', null]] as unknown[]) {
      assert.throws(() => startedByCom(args as string[]), {
        name: 'TypeError',
        message: 'args must be an array of strings',
      });
    }
  });
});

interface End {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

interface Run {
  readonly child: ChildProcess;
  end(): Promise<End>;
}

function run(...args: string[]): Run {
  const child = startNewProcess(() =>
    spawn(process.execPath, ['dist/cli/main.js', 'serve', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const closed = once(child, 'close');
  return {
    child,
    async end() {
      const [code] = (await closed) as [number | null];
      return { code, output, errors };
    },
  };
}

/** A process of `async-com serve` that a user has started. */
class Served implements AsyncDisposable {
  readonly #module: TemporaryModule;
  readonly #run: Run;

  private constructor(module: TemporaryModule) {
    this.#module = module;
    this.#run = run(module.path, 'an argument');
  }

  static async start(parts: ModuleParts): Promise<Served> {
    const served = new Served(await TemporaryModule.write(parts));
    const { child } = served.#run;
    assert.ok(child.stdout);
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    assert.ok(said.toString().includes(served.clsid), said.toString());
    return served;
  }

  get clsid(): string {
    return this.#module.clsid;
  }

  get path(): string {
    return this.#module.path;
  }

  end(): Promise<End> {
    return this.#run.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#run.child.kill();
    await this.#run.end();
    this.#module[Symbol.dispose]();
  }
}
