import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { headerOf } from '#lib/automation/header.js';
import { idlOf } from '#lib/automation/idl.js';
import { describeTypeLibrary } from '#lib/automation/type-library.js';

import { files, line } from '../support/described-classes.js';
import { skip } from '../support/skip.js';
import { typesInFile } from '../support/type-library.js';
import { skipWithoutMicrosoftSdk } from './microsoft-sdk.js';
import { importScript, replaceOnce, root } from './scripts.js';

interface Wine {
  readonly kWine: string;
  readonly wineEnvironment: () => NodeJS.ProcessEnv;
}

const library = describeTypeLibrary([files, line], { name: 'Acme', help: 'Acme x' });

const program = path.join(root, 'build/tests/build/Release/native_type_library.exe');

let folder = '';

before(() => {
  const cache = path.join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(path.join(cache, 'type-library-test-'));
});

after(() => {
  rmSync(folder, { recursive: true });
});

describe('the IDL of a type library', function () {
  this.timeout(120_000);

  before(async function () {
    await skipWithoutMicrosoftSdk(this);
    const { writeImported } = (await importScript('generated/midl.mjs')) as {
      writeImported: (folder: string, defines: readonly string[]) => Promise<void>;
    };
    await writeImported(folder, ['_WIN64', '_M_AMD64']);
  });

  /**
   * Runs a Windows program in the folder, and returns what it writes. It writes to a file: what Wine
   * starts beside it may keep a pipe open for ever.
   */
  async function run(program: string, ...args: string[]): Promise<string> {
    const { kWine, wineEnvironment } = (await importScript('windows-node/wine.mjs')) as Wine;
    const output = path.join(folder, 'output');
    const file = openSync(output, 'w');
    const child = spawn(kWine, [program, ...args], {
      cwd: folder,
      env: wineEnvironment(),
      stdio: ['ignore', file, file],
      timeout: 30_000,
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    closeSync(file);
    const text = readFileSync(output, 'utf8');
    if (code !== 0) throw new Error(text);
    return text;
  }

  async function inWine<T>(work: () => Promise<T>): Promise<T> {
    const session = (await importScript('windows-node/wine-session.mjs')) as {
      inWine: (work: () => Promise<T>) => Promise<T>;
    };
    return session.inWine(work);
  }

  /** Makes a type library with MIDL. Throws what MIDL writes. */
  async function compile(idl: string): Promise<void> {
    const { sdk } = (await importScript('setup/microsoft-sdk.mjs')) as { sdk: { midl: string } };
    writeFileSync(path.join(folder, 'acme.idl'), idl);
    const options = ['/nologo', '/no_cpp', '/env', 'x64', '/WX', '/tlb', 'acme.tlb'];
    await run(sdk.midl, ...options, 'acme.idl');
  }

  /** Makes a type library with MIDL, and returns its lines. */
  function compiled(idl: string): Promise<string[]> {
    return inWine(async () => {
      await compile(idl);
      return (await run(program, 'read', 'acme.tlb')).trim().split(/\r?\n/);
    });
  }

  it('makes MIDL write the same library, without a warning', async () => {
    const lines = await compiled(idlOf(library));
    assert.match(lines[0] ?? '', /^library Acme \{.*\} 1\.0 lcid 0 flags 8 win64 "Acme x"$/);
    assert.deepEqual(lines.slice(1), typesInFile.flat());
  });

  it('makes another library when a member has changed (control)', async () => {
    const lines = await compiled(replaceOnce(idlOf(library), 'void close()', 'long close()'));
    const other = lines.slice(1).filter((line) => !typesInFile.flat().includes(line));
    assert.deepEqual(other, ['method close 2 []() 0: int32 ""']);
  });

  it('may import a library that async-com has written', async () => {
    const importing = (name: string): string => `
      [ uuid(6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C3B1), version(1.0) ]
      library Importing {
        importlib("stdole2.tlb");
        importlib("sample.tlb");
        [ uuid(6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C3B2) ]
        dispinterface Uses {
        properties:
        methods:
          [ id(1) ] ${name}* runner([in] enum Mode mode);
        };
      };`;
    await inWine(async () => {
      // Writes a library of its own, as the addon does.
      await run(program, 'memory', 'sample.tlb');
      await compile(importing('_Runner'));
      await assert.rejects(compile(importing('_Walker')), /_Walker/, 'control');
    });
  });

  it('is refused by MIDL when it is broken (control)', async () => {
    await assert.rejects(compiled(replaceOnce(idlOf(library), 'void close()', 'none close()')));
  });
});

describe('the header of a type library', function () {
  this.timeout(60_000);

  before(function () {
    const { error } = spawnSync('x86_64-w64-mingw32-g++-posix', ['--version']);
    if (error) skip(this, 'it is compiled with mingw-w64, on Debian');
  });

  function compile(language: 'c' | 'c++', body: string): { ok: boolean; said: string } {
    writeFileSync(path.join(folder, 'acme.h'), headerOf(library));
    const source = path.join(folder, `client.${language === 'c' ? 'c' : 'cpp'}`);
    writeFileSync(
      source,
      `#include <windows.h>\n#include <initguid.h>\n#include "acme.h"\n${body}`,
    );
    const compiler = `x86_64-w64-mingw32-${language === 'c' ? 'gcc' : 'g++'}-posix`;
    const standard = language === 'c' ? '-std=c11' : '-std=c++20';
    const { status, stderr } = spawnSync(
      compiler,
      [standard, '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsyntax-only', source],
      { encoding: 'utf8' },
    );
    return { ok: status === 0, said: stderr };
  }

  const body = `
    static const GUID* const ids[] = {&LIBID_Acme, &CLSID_Files, &DIID__Files, &DIID_Line};
    static enum Mode mode = Mode_both;
    int main(void) {
      switch (0L) {
        case DISPID_Files_open: case DISPID_Files_item: case DISPID_Files__NewEnum: break;
      }
      return DISPID_Files_open == 1 && DISPID_Files__NewEnum == -4 && DISPID_Line_set == 1 &&
        mode == -1 && ids[1]->Data1 == 0x6F1D3C52 && ids[1]->Data4[7] == 0x11 ? 0 : 1;
    }`;
  for (const language of ['c', 'c++'] as const) {
    it(`compiles as ${language === 'c' ? 'C' : 'C++'}, with each id and number`, () => {
      const { ok, said } = compile(language, body);
      assert.ok(ok, said);
      assert.match(
        compile(language, body.replaceAll('DISPID_Line_set', 'DISPID_Line_get')).said,
        /DISPID_Line_get/,
        'control',
      );
    });
  }
});
