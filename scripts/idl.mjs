// Makes native/idl/generated/ from native/idl/method_call.idl with mingw-w64's widl.
//
//   node scripts/idl.mjs            writes the files
//   node scripts/idl.mjs --check    writes nothing; shows the differences and exits with 1 if any
//   --out DIR                       another folder to write to, or to compare with
//   --idl FILE                      another interface definition

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isCurrent, readText } from './common/generated.mjs';
import { mendDlldata, mendHeader, mendIdentifiers, mendProxy } from './idl-mends.mjs';

const widl = 'x86_64-w64-mingw32-widl';
// Another version writes correct files too, but not the same bytes.
const widlVersion = '7.0';
const interfaces = '/usr/include/wine/wine/windows';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

class SetupError extends Error {}

function runWidl(args, cwd) {
  try {
    return execFileSync(widl, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error.code === 'ENOENT') {
      throw new SetupError(`${widl} is missing: install the Debian package mingw-w64-tools.`, {
        cause: error,
      });
    }
    throw new Error(`${widl} ${args.join(' ')} failed:\n${error.stderr || error.message}`, {
      cause: error,
    });
  }
}

/** The files made from an interface definition: a map from name to text. */
function generate(idl) {
  if (!existsSync(path.join(interfaces, 'oaidl.idl'))) {
    throw new SetupError(`${interfaces} is missing: install the Debian package libwine-dev.`);
  }
  const cache = path.join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'idl-'));
  try {
    // widl names what it makes after its input: so the same name always, and no folder.
    writeFileSync(path.join(folder, 'method_call.idl'), readText(idl));
    runWidl(['-Oif', '--win64', `-I${interfaces}`, 'method_call.idl'], folder);
    const made = (name) => readText(path.join(folder, name));
    return new Map([
      ['method_call.h', mendHeader(made('method_call.h'))],
      ['method_call_i.c', mendIdentifiers(made('method_call_i.c'))],
      ['method_call_p.c', mendProxy(made('method_call_p.c'))],
      ['dlldata.c', mendDlldata(made('dlldata.c'))],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function check(files, out) {
  let same = true;
  for (const [name, text] of files) {
    const file = path.join(out, name);
    if (!isCurrent(file, text)) same = false;
  }
  if (same) {
    console.log('The generated proxy/stub is current.');
    return;
  }
  console.error(
    `${path.relative(root, out)} is not current: run 'npm run idl' and commit what it makes.`,
  );
  const version = /version (\S+)/.exec(runWidl(['-V'], root))?.[1];
  if (version !== widlVersion) {
    console.error(
      `This widl is ${version}; the stored files come from ${widlVersion} (Debian 12).`,
    );
  }
  process.exitCode = 1;
}

function write(files, out) {
  mkdirSync(out, { recursive: true });
  for (const [name, text] of files) writeFileSync(path.join(out, name), text);
  console.log(
    `Made ${[...files.keys()].join(', ')} in ${path.relative(process.cwd(), out) || '.'}`,
  );
}

try {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      out: { type: 'string', default: path.join(root, 'native/idl/generated') },
      idl: { type: 'string', default: path.join(root, 'native/idl/method_call.idl') },
    },
  });
  const files = generate(path.resolve(values.idl));
  (values.check ? check : write)(files, path.resolve(values.out));
} catch (error) {
  console.error(`idl: ${error.message}`);
  process.exitCode = error instanceof SetupError ? 2 : 1;
}
