import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inRoot } from '../common/project.mjs';
import { say } from '../common/step.mjs';
import { windowsNode } from '../windows-node/versions.mjs';
import { inWine } from '../windows-node/wine-session.mjs';
import { kWine, wineEnvironment } from '../windows-node/wine.mjs';
import { bundle, typeCheck } from './build-tools.mjs';
import { gettingStarted } from './getting-started.mjs';
import { Project } from './project.mjs';

/** @typedef {import('./project.mjs').Ran} Ran */

const kCli = 'node_modules/async-com/dist/cli/main.js';

const kVersion = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).version;

/** The first samples of the README. */
const kSamples = [...readFileSync(inRoot('README.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)]
  .slice(0, 2)
  .map(([, text = '']) => text);

/**
 * @param {string | undefined} tarball packed now if there is none
 * @returns {Promise<number>} the exit code
 */
export async function smokeTest(tarball) {
  // Not in the clone, as this project's folder for temporary files is: there its packages are found.
  const folder = mkdtempSync('/tmp/async-com-smoke-');
  let failed = 0;
  const test = async (/** @type {string} */ what, /** @type {() => Promise<void>} */ body) => {
    try {
      await body();
      say(`  ✔ ${what}`);
    } catch (error) {
      ++failed;
      say(`  ✗ ${what}\n${String(error.stack)}`);
    }
  };
  try {
    tarball ??= await pack(folder);
    for (const manager of /** @type {const} */ (['npm', 'pnpm'])) {
      say(`• The package, installed with ${manager}`);
      const project = new Project(join(folder, manager));
      succeeded(await project.install(manager, tarball));
      writeSamples(project);
      await onLinux(project, test);
      await inWine(() => onWindows(project, test));
    }
    say('• The package, as docs/getting-started.md uses it');
    await inWine(() => gettingStartedWith(folder, tarball ?? '', test));
    say('• The package, in a bundle by esbuild');
    for (const format of /** @type {const} */ (['esm', 'cjs'])) {
      // Wine keeps the class of a killed server until it ends: clients then do not find the next server.
      await inWine(() => bundled(folder, format, test));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  say(failed === 0 ? '✔ The package works.' : `✗ ${failed} smoke tests failed.`);
  return failed === 0 ? 0 : 1;
}

/** @param {string} folder */
async function pack(folder) {
  say('• npm pack');
  await runCommand('npm', ['pack', '--pack-destination', folder]);
  return join(folder, `async-com-${kVersion}.tgz`);
}

/** @param {Project} project */
function writeSamples(project) {
  const [server = '', client = ''] = kSamples;
  // The samples are TypeScript only in their annotations.
  const plain = (/** @type {string} */ text) => text.replaceAll(/: number| as \w+/g, '');
  project.write('server.mjs', `${plain(server)}console.log('listening');\n`);
  project.write('client.mjs', `${plain(client)}console.log(JSON.stringify([sum, typeof name]));\n`);
  // A bundle of CommonJS has no await outside functions.
  const [imports = '', ...body] = plain(client).split('\n\n');
  project.write(
    'to-bundle.mjs',
    `${imports}\nasync function main() {\n${body.join('\n')}console.log(JSON.stringify([sum, typeof name]));\n}\nvoid main();\n`,
  );
  project.write('server.ts', server);
  project.write('client.ts', client);
  project.write(
    'required.cjs',
    `const { ComError, processToken } = require('async-com');
     console.log(new ComError('x', { hresult: 0x80070005 }).code);
     processToken().then(({ type }) => console.log(type), ({ code }) => console.log(code));\n`,
  );
  project.write('registered.mjs', `export default { ${registeredServer} };\n`);
  project.write(
    'registered-client.mjs',
    `import { connect } from 'async-com';
     const connection = await connect('AsyncCom.Smoke');
     console.log(await connection.call('twice', 21));\n`,
  );
}

const registeredClsid = '{0B0C3A5E-6C2B-4D1C-9E1C-6A6A5D5B9C11}';
const registeredServer = `
  clsid: '${registeredClsid}', progId: 'AsyncCom.Smoke',
  methods: { twice: (call, value) => 2 * value }`;

/** @typedef {(what: string, body: () => Promise<void>) => Promise<void>} Test */

/**
 * @param {Project} project
 * @param {Test} test
 */
async function onLinux(project, test) {
  await test('has the addon for x64, and the proxy/stub for every processor', () => {
    const found = readdirSync(join(project.folder, 'node_modules/async-com/prebuilds'), {
      recursive: true,
      withFileTypes: true,
    }).flatMap((entry) => (entry.isFile() ? [`${basename(entry.parentPath)}/${entry.name}`] : []));
    assert.deepEqual(found.sort(), [
      ...(process.env.ASYNC_COM_ARM64 ? ['win32-arm64/async_com.node'] : []),
      'win32-arm64/async_com_ps.dll',
      'win32-ia32/async_com_ps.dll',
      'win32-x64/async_com.node',
      'win32-x64/async_com_ps.dll',
    ]);
    return Promise.resolve();
  });
  await test('can be required on Linux, and its first use of COM says why it fails', async () => {
    const { stdout } = succeeded(await project.node('required.cjs'));
    assert.equal(stdout, 'E_ACCESSDENIED\nERR_ASYNC_COM_PLATFORM\n');
  });
  await test('can be imported on Linux under the permission model', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission';
    const script = "import { ComError } from 'async-com'; console.log(ComError.name);";
    const { stdout } = succeeded(
      await project.node(flag, '--allow-fs-read=*', '--input-type=module', '--eval', script),
    );
    assert.equal(stdout, 'ComError\n');
  });
  await test('has --help and --version on Linux, and other commands end with one line', async () => {
    assert.match(succeeded(await project.node(kCli, '--help')).stdout, /^Usage: async-com/);
    assert.equal(succeeded(await project.node(kCli, '--version')).stdout, `${kVersion}\n`);
    for (const args of [['doctor'], ['verify'], ['register', 'registered.mjs']]) {
      const { code, stderr } = await project.node(kCli, ...args);
      assert.equal(code, 1);
      assert.match(stderr, /^error: COM exists only on Windows.*\n$/);
    }
  });
  for (const resolution of /** @type {const} */ (['node16', 'nodenext', 'bundler'])) {
    await test(`has types for moduleResolution ${resolution}`, async () => {
      assert.deepEqual(typeCheck(project.folder, resolution), []);
    });
  }
}

/**
 * @param {Project} project
 * @param {Test} test
 */
async function onWindows(project, test) {
  await test('can be required in node.exe', async () => {
    const { stdout } = succeeded(await project.windowsNode(['required.cjs']));
    assert.equal(lines(stdout), 'E_ACCESSDENIED\nprimary');
  });
  await test('answers the README’s client from the README’s server', async () => {
    const server = await project.startWindowsNode('server.mjs');
    try {
      const { stdout } = succeeded(await project.windowsNode(['client.mjs']));
      assert.match(lines(stdout), /^\[5,"(string|undefined)"\]$/);
    } finally {
      server.stop();
    }
  });
  await test('works in a host with another name', async () => {
    const app = join(project.folder, 'app.exe');
    copyFileSync(windowsNode().program, app);
    const { stdout } = succeeded(await project.windowsNode(['required.cjs'], app));
    assert.equal(lines(stdout), 'E_ACCESSDENIED\nprimary');
  });
  await test('says what is needed where COM cannot be used', async () => {
    for (const [flags, change, said] of /** @type {const} */ ([
      [
        [],
        "process, 'arch', { value: 'ia32' }",
        /no addon for Windows on ia32\. Use Node\.js for x64/,
      ],
      [[], "process.versions, 'node', { value: '20.19.0' }", /Node\.js 22 or newer, .* 20\.19\.0/],
      [
        ['--permission', '--allow-fs-read=*'],
        "{}, 'any', {}",
        /the addon cannot be loaded: .*--allow-addons/,
      ],
    ])) {
      const script = `
        Object.defineProperty(${change});
        const { processToken } = await import('async-com');
        await processToken().catch(({ code, message }) => console.log(code, message));`;
      const { stdout } = succeeded(
        await project.windowsNode([...flags, '--input-type=module', '--eval', script]),
      );
      assert.match(stdout, /^ERR_ASYNC_COM_PLATFORM /);
      assert.match(stdout, said);
    }
  });
  await test('verifies rules', async () => {
    const { stdout } = succeeded(
      await project.windowsNode([kCli, 'verify', '--rule', 'IMP-1', '--rule', 'CALL-7']),
    );
    assert.match(stdout, /2 rules: 2 hold/);
  });
  await test('registers a server that COM starts, and leaves nothing in the registry', async () => {
    const before = await ourKeys(project);
    assert.equal(before, '');
    try {
      succeeded(await project.windowsNode([kCli, 'register', '--machine', 'registered.mjs']));
      const registered = await ourKeys(project);
      assert.match(registered, /Classes\\CLSID/i);
      assert.match(registered, /prebuilds\\win32-x64\\async_com_ps\.dll/);
      assert.match(registered, /Wow6432Node\\CLSID/i);
      assert.match(registered, /prebuilds\\win32-ia32\\async_com_ps\.dll/);
      const { stdout } = succeeded(await project.windowsNode(['registered-client.mjs']));
      assert.equal(lines(stdout), '42');
    } finally {
      succeeded(await project.windowsNode([kCli, 'unregister', '--machine', registeredClsid]));
    }
    assert.equal(await ourKeys(project), before);
  });
}

/**
 * What the registry has of a registration: the keys of the class, the ProgID and the proxy/stub, and
 * those of the first interface. Each with what is below it.
 * @param {Project} project
 */
async function ourKeys(project) {
  const classes = 'HKLM\\Software\\Classes';
  const proxyStub = '{AB4344DF-3861-46DB-B169-99026BDA302F}';
  const methodCall = '{214C30C4-5D64-4252-9B8E-184CCC9483EF}';
  let found = '';
  for (const key of [
    `${classes}\\CLSID\\${registeredClsid}`,
    `${classes}\\AsyncCom.Smoke`,
    `${classes}\\AsyncCom.Smoke.1`,
    `${classes}\\AppID\\${registeredClsid}`,
    ...['', '\\Wow6432Node'].flatMap((view) => [
      `${classes}${view}\\CLSID\\${proxyStub}`,
      `${classes}${view}\\Interface\\${methodCall}`,
    ]),
  ]) {
    const script = `
      const { spawnSync } = require('node:child_process');
      const { status, stdout } = spawnSync('reg.exe', ['query', ${JSON.stringify(key)}, '/s']);
      if (status === 0) process.stdout.write(stdout);`;
    found += succeeded(await project.windowsNode(['--eval', script])).stdout;
  }
  return found;
}

/**
 * Does what the page says, word for word, but for the path of the package and `--machine`, which Wine
 * needs.
 * @param {string} folder
 * @param {string} tarball
 * @param {Test} test
 */
async function gettingStartedWith(folder, tarball, test) {
  await test('leads from an empty folder to a class that answers cscript', async () => {
    let project = new Project(join(folder, 'getting-started'), null);
    let output = '';
    const run = (/** @type {string[]} */ [program = '', ...args]) => {
      if (program === 'npx') {
        const [, command = '', ...rest] = args;
        return project.windowsNode([kCli, command, '--machine', ...rest]);
      }
      if (program === 'cscript') {
        return project.run(kWine, ['cscript.exe', ...args], wineEnvironment());
      }
      return project.run(
        program,
        args.map((arg) => (arg.endsWith('.tgz') ? tarball : arg)),
      );
    };
    for (const step of gettingStarted()) {
      if ('file' in step) project.write(step.file, step.text);
      else if ('printed' in step) assert.equal(lines(output), step.printed);
      else if (step.command[0] === 'cd') {
        project = new Project(join(project.folder, step.command[1] ?? ''), null);
      } else output = succeeded(await run(step.command)).stdout;
    }
  });
}

/**
 * @param {string} folder
 * @param {'esm' | 'cjs'} format
 * @param {Test} test
 */
async function bundled(folder, format, test) {
  await test(`works in a bundle (${format})`, async () => {
    const project = new Project(join(folder, `bundle-${format}`));
    const file = await bundle(join(folder, 'npm', 'to-bundle.mjs'), project.folder, format);
    const server = await new Project(join(folder, 'npm')).startWindowsNode('server.mjs');
    try {
      const { stdout } = succeeded(await project.windowsNode([file]));
      assert.match(lines(stdout), /^\[5,"(string|undefined)"\]$/);
    } finally {
      server.stop();
    }
  });
}

/**
 * @param {Ran} ran
 * @returns {Ran}
 */
function succeeded(ran) {
  assert.equal(ran.code, 0, `exit code ${ran.code}\n${ran.stdout}${ran.stderr}`);
  return ran;
}

/** @param {string} text */
function lines(text) {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
