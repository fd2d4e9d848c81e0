import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { skip } from '../support/skip.js';
import { importScript, replaceOnce, root, runScript } from './scripts.js';

const table = path.join(root, 'native/com/generated/hresult_table.h');
const names = path.join(root, 'lib/errors/generated/hresult-table.ts');
const include = '/usr/x86_64-w64-mingw32/include';

interface Codes {
  readonly hresults: ReadonlyMap<number, string>;
  readonly win32Errors: ReadonlyMap<number, string>;
}

/** The functions of scripts/generated/winerror.mjs. */
interface Winerror {
  mingwVersion(macros: string): string;
  readCodes(header: string): Codes;
}

const check = (...args: string[]) => runScript('hresult-names.mjs', '--check', ...args);

describe('the table of HRESULT names', function () {
  this.timeout(20_000);
  let winerror: Winerror;

  before(async () => {
    winerror = (await importScript('generated/winerror.mjs')) as Winerror;
  });

  describe('made from the installed winerror.h', () => {
    let folder = '';

    before(function () {
      if (process.platform === 'win32') skip(this, 'the header is mingw-w64’s, on Debian only');
      const from = /mingw-w64 ([\d.]+)\./.exec(readFileSync(table, 'utf8'))?.[1];
      const here = winerror.mingwVersion(readFileSync(path.join(include, '_mingw_mac.h'), 'utf8'));
      if (from !== here)
        skip(this, `the table in git comes from mingw-w64 ${from}; this machine has ${here}`);
      const cache = path.join(root, '.cache');
      mkdirSync(cache, { recursive: true });
      folder = mkdtempSync(path.join(cache, 'hresult-names-test-'));
    });

    after(() => {
      if (folder) rmSync(folder, { recursive: true });
    });

    it('is the same as the tables in git', () => {
      const { status, text } = check();
      assert.equal(status, 0, text);
    });

    it('differs when the header has changed', () => {
      const macros = readFileSync(path.join(include, '_mingw_mac.h'), 'utf8');
      const header = readFileSync(path.join(include, 'winerror.h'), 'utf8');
      const code = '#define RPC_S_CALL_FAILED __MSABI_LONG';
      writeFileSync(path.join(folder, '_mingw_mac.h'), macros);
      writeFileSync(
        path.join(folder, 'winerror.h'),
        replaceOnce(header, `${code}(1726)`, `${code}(65000)`),
      );
      const { status, text } = check('--include', folder);
      assert.equal(status, 1, text);
      assert.match(text, /^-\s*\{1726, "RPC_S_CALL_FAILED"\},$/m);
      assert.match(text, /^\+\s*\{65000, "RPC_S_CALL_FAILED"\},$/m);
      assert.match(text, /npm run hresult-names/);
    });

    it('differs when a line in git has changed, or the file is missing', () => {
      for (const [file, from, to, shown] of [
        [table, '{0x80010117,', '{0x80010118,', /^\+\s*\{0x80010117, "RPC_E_CALL_COMPLETE"\},$/m],
        [names, '0x80010117 ', '0x80010118 ', /^\+0x80010117 RPC_E_CALL_COMPLETE$/m],
      ] as const) {
        for (const one of [table, names]) cpSync(one, path.join(folder, path.basename(one)));
        assert.equal(check('--out', folder).status, 0);

        const copy = path.join(folder, path.basename(file));
        writeFileSync(copy, replaceOnce(readFileSync(file, 'utf8'), from, to));
        const found = check('--out', folder);
        assert.equal(found.status, 1);
        assert.match(found.text, shown);

        rmSync(copy);
        assert.equal(check('--out', folder).status, 1);
      }
    });
  });

  it('has Win32 codes and the HRESULTs of COM, sorted by code', () => {
    const { hresults, win32Errors } = winerror.readCodes(`
#define ERROR_B __MSABI_LONG(3)
#define ERROR_A __MSABI_LONG(2)
#define WSAEINTR (WSABASEERR + 4)
#define E_B _HRESULT_TYPEDEF_(0x80004005)
#define E_A ((HRESULT)0x80004001)
#define DXGI_A   _HRESULT_TYPEDEF_(0x887A0001L) /* another facility */
`);
    const ours = (names: ReadonlyMap<number, string>, of: RegExp) =>
      [...names].filter(([, name]) => of.test(name));
    assert.deepEqual(ours(win32Errors, /^(ERROR_[AB]|WSA.*)$/), [
      [2, 'ERROR_A'],
      [3, 'ERROR_B'],
      [10004, 'WSAEINTR'],
    ]);
    assert.deepEqual(ours(hresults, /^(E_[AB]|DXGI_.*)$/), [
      [0x80004001, 'E_A'],
      [0x80004005, 'E_B'],
    ]);
  });

  it('leaves out codes that an interface defines for itself', () => {
    const { hresults } = winerror.readCodes(`
#define CLASS_E_A _HRESULT_TYPEDEF_(0x80040110)
#define EVENT_E_A _HRESULT_TYPEDEF_(0x80040201)
#define XACT_E_A _HRESULT_TYPEDEF_(0x8004D000)
`);
    const names = [...hresults.values()];
    assert.deepEqual(
      ['CLASS_E_A', 'EVENT_E_A', 'XACT_E_A'].map((name) => names.includes(name)),
      [true, false, true],
    );
  });

  it('has the first of two names, and never the end of a range', () => {
    const { hresults, win32Errors } = winerror.readCodes(`
#define ERROR_ONE __MSABI_LONG(1)
#define ERROR_FIRST __MSABI_LONG(2)
#define ERROR_TWO __MSABI_LONG(2)
#define ERROR_AGAIN __MSABI_LONG(1)
#define ERROR_OTHER ERROR_TWO
#define DRAGDROP_E_FIRST __MSABI_LONG(0x80040100)
#define SEC_E_OK ((HRESULT)0x00000000)
#define S_OK ((HRESULT)0x00000000)
`);
    assert.deepEqual([...win32Errors].slice(0, 2), [
      [1, 'ERROR_ONE'],
      [2, 'ERROR_TWO'],
    ]);
    assert.equal(hresults.get(0), 'S_OK');
    assert.equal(hresults.get(0x80040100), undefined);
  });

  it('is not made from a definition of an unknown form', () => {
    const read = (header: string) => () => winerror.readCodes(header);
    assert.throws(read('#define E_NEW MAKE_CODE(1)\n'), /E_NEW as MAKE_CODE\(1\)/);
    assert.throws(
      read('#define ERROR_A __MSABI_LONG(1)\n#define ERROR_A __MSABI_LONG(2)\n'),
      /ERROR_A has two values/,
    );
  });
});
