// A user's project with the package, and the programs that run in it.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';

import { inCache, inRoot } from '../common/project.mjs';
import { windowsNode } from '../windows-node/versions.mjs';
import { kWine, wineEnvironment } from '../windows-node/wine.mjs';

/** Milliseconds: a program that takes longer is killed, and has failed. */
const kLimit = 120_000;

/**
 * What a program printed, and how it ended.
 * @typedef {object} Ran
 * @property {number | null} code
 * @property {string} stdout
 * @property {string} stderr
 */

export class Project {
  /**
   * @param {string} folder it is made if it does not exist
   * @param {string | null} manifest the text of its package.json; `null`: it has none yet
   */
  constructor(folder, manifest = '{ "name": "user", "private": true, "type": "module" }\n') {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    if (manifest !== null) this.write('package.json', manifest);
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  write(name, text) {
    writeFileSync(join(this.folder, name), text);
  }

  /**
   * Installs the package without running scripts.
   * @param {'npm' | 'pnpm'} manager
   * @param {string} tarball
   */
  install(manager, tarball) {
    const [command, ...args] = {
      npm: ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', tarball],
      pnpm: [
        ...[process.execPath, inRoot('node_modules', 'pnpm', 'bin', 'pnpm.cjs'), 'add'],
        ...['--ignore-scripts', '--store-dir', inCache('pnpm'), tarball],
        // Windows programs do not see the symbolic links of Wine's host.
        '--config.node-linker=hoisted',
      ],
    }[manager];
    return this.run(command ?? '', args);
  }

  /**
   * Runs this Node.js, on Linux.
   * @param {string[]} args
   */
  node(...args) {
    return this.run(process.execPath, args);
  }

  /**
   * Runs node.exe for Windows, or a copy of it.
   * @param {string[]} args
   * @param {string} [program]
   */
  windowsNode(args, program = windowsNode().program) {
    return this.run(kWine, [program, ...args], wineEnvironment());
  }

  /**
   * Starts node.exe for Windows. Resolves when it has printed something.
   * @param {string} script
   * @returns {Promise<{ stop(): void }>}
   */
  async startWindowsNode(script) {
    const output = join(this.folder, `${script}.out`);
    writeFileSync(output, '');
    const file = openSync(output, 'w');
    const child = spawn(kWine, [windowsNode().program, script], {
      cwd: this.folder,
      env: wineEnvironment(),
      stdio: ['ignore', file, file],
    });
    closeSync(file);
    const ended = new AbortController();
    child.once('exit', () => ended.abort());
    child.once('error', () => ended.abort());
    try {
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(kLimit)]);
      const changes = watch(this.folder, { signal })[Symbol.asyncIterator]();
      while (readFileSync(output, 'utf8') === '') await changes.next();
    } catch {
      child.kill('SIGKILL');
      throw new Error(`${script} ended, or printed nothing: ${readFileSync(output, 'utf8')}`);
    }
    return { stop: () => void child.kill('SIGKILL') };
  }

  /**
   * The output goes to files: Wine does not take the sockets that Node.js uses as pipes.
   * @param {string} command
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} [env]
   * @returns {Promise<Ran>}
   */
  run(command, args, env = process.env) {
    const names = ['stdout', 'stderr'].map((name) => join(this.folder, `.${name}`));
    const files = names.map((name) => openSync(name, 'w'));
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: this.folder,
        env: withoutNpm(env),
        stdio: ['ignore', ...files],
        timeout: kLimit,
        killSignal: 'SIGKILL',
      });
      files.forEach((file) => closeSync(file));
      child.once('error', reject);
      child.once('exit', (code) => {
        const [stdout = '', stderr = ''] = names.map((name) => readFileSync(name, 'utf8'));
        resolve({ code, stdout, stderr });
      });
    });
  }
}

/**
 * Without the settings that npm gives to a script of this project.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_(?!config_registry)|NODE_OPTIONS$)/i.test(name)),
  );
}
